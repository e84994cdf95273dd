#!/usr/bin/env node
// `pnpm bench`: the program runs itself.
import { loadProgram } from '../../cli/bin/program.mjs';

await loadProgram(import.meta.url, '../src/main.ts');
