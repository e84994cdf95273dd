import type { Plugin } from 'vite';

const FONT = /url\('data:font\/woff2;base64,([A-Za-z0-9+/=]+)'\)/g;

/** Stands for a font's address until it has one: what looks like another host is left alone on the way. */
const PLACE = 'https://font.invalid/';
const LINK = /https:\/\/font\.invalid\/([\w$-]+)/g;

/**
 * Puts the fonts that Cloudscape has within its style sheet into files, so that a page loads those that it shows, and
 * after its text.
 */
export function fontFiles(): Plugin {
  const fonts = new Map<string, string>();
  return {
    name: 'font-files',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('global-styles/index.css')) return undefined;
      return code.replace(FONT, (_, base64: string) => {
        const name = `font-${fonts.size + 1}.woff2`;
        const file = this.emitFile({ type: 'asset', name, source: Buffer.from(base64, 'base64') });
        fonts.set(file, name);
        return `url('${PLACE}${file}')`;
      });
    },
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'asset' || !output.fileName.endsWith('.css')) continue;
        output.source = String(output.source).replace(LINK, (_all, file: string) =>
          // The style sheets are beside the fonts.
          this.getFileName(file).replace(/^assets\//, './'),
        );
      }
    },
  };
}
