#!/usr/bin/env node
// The `granary` command.
import { loadProgram } from './program.mjs';

const { main } = await loadProgram(import.meta.url, '../src/main.ts');
await main(process.argv.slice(2));
