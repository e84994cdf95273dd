#!/usr/bin/env node
// The `granary` command: installs what a fresh clone lacks, then runs the program in this very process, so that
// signals and the exit code are its own.
import { createRequire } from 'node:module';
import { failSetup, setup } from './setup.mjs';

await setup().catch(failSetup);
// The SDK is pinned, so what its later versions will require is no news to whoever runs this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const [commonjs, modules] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
commonjs.register();
// For `import()` inside the program.
modules.register();
const { main } = createRequire(import.meta.url)('../src/main.ts');
await main(process.argv.slice(2));
