import { createRequire } from 'node:module';
import { failSetup, setup } from './setup.mjs';

/**
 * Installs what a fresh clone lacks, then loads a TypeScript program into this very process, so that signals and
 * the exit code are its own.
 *
 * @param {string} from the caller's `import.meta.url`
 * @param {string} file the program, relative to the caller
 * @returns what the program exports
 */
export async function loadProgram(from, file) {
  await setup().catch(failSetup);
  // The SDK is pinned, so what its later versions will require is no news to whoever runs this.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const [commonjs, modules] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
  commonjs.register();
  // For `import()` inside the program.
  modules.register();
  return createRequire(from)(file);
}
