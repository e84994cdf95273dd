import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fontFiles } from './fonts-plugin.mts';

/** Three pages of one build. Addresses are relative, so that it serves from any path. */
export default defineConfig({
  base: './',
  plugins: [react(), fontFiles()],
  resolve: {
    // Cloudscape's words come parsed: of the formatter only what fills them in is needed.
    alias: [
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/lib/no-parser.js',
      },
    ],
  },
  // The sign-in library was written for bundlers that name Node's global.
  define: { global: 'globalThis' },
  build: {
    target: 'es2022',
    // Beside each file its source would be public; errors name functions all the same.
    sourcemap: false,
    rolldownOptions: {
      // Of our own packages each page takes what it uses: their modules only declare.
      treeshake: {
        moduleSideEffects: [{ test: /[\\/]packages[\\/](api|client)[\\/]src[\\/]/, sideEffects: false }],
      },
      input: Object.fromEntries(
        ['operator', 'sign-up', 'tenant'].map((entry) => [
          entry,
          resolve(import.meta.dirname, `${entry}.html`),
        ]),
      ),
    },
  },
});
