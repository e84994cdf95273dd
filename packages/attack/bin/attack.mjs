#!/usr/bin/env node
// `npm run attack`: installs what a fresh clone lacks, then runs the program in this very process.
import { createRequire } from 'node:module';
import { failSetup, setup } from '../../cli/bin/setup.mjs';

await setup().catch(failSetup);
const [commonjs, modules] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
commonjs.register();
// For `import()` inside the program.
modules.register();
const { main } = createRequire(import.meta.url)('../src/main.ts');
await main(process.argv.slice(2));
