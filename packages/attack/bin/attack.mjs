#!/usr/bin/env node
// `npm run attack`.
import { loadProgram } from '../../cli/bin/program.mjs';

const { main } = await loadProgram(import.meta.url, '../src/main.ts');
await main(process.argv.slice(2));
