import { posix } from 'node:path';

/** The scripts of one page, by file below the build. */
export interface EntryScripts {
  /** Loaded before anything is shown: the entry and all that it imports. */
  readonly first: ReadonlySet<string>;
  /** With all that its parts load later. */
  readonly all: ReadonlySet<string>;
}

const SCRIPT = /<script\b[^>]*\bsrc="([^"]+\.js)"/;
/** As the bundler writes them: `from"./a.js"`, `import"./a.js"`. */
const STATIC = /(?:\bfrom|\bimport)\s*["'`](\.\.?\/[^"'`]+\.js)["'`]/g;
const DYNAMIC = /\bimport\(\s*["'`](\.\.?\/[^"'`]+\.js)["'`]/g;

/**
 * Follows a page's imports through a build.
 *
 * @param page the page's HTML
 * @param read the text of a script, by its path below the build
 * @throws Error when the page has no script
 */
export async function entryScripts(
  page: string,
  read: (file: string) => Promise<string>,
): Promise<EntryScripts> {
  const entry = SCRIPT.exec(page)?.[1];
  if (entry === undefined) throw new Error('the page has no script of its own');
  const texts = new Map<string, Promise<string>>();
  const textOf = (file: string) => {
    const text = texts.get(file) ?? read(file);
    texts.set(file, text);
    return text;
  };
  const reach = async (kinds: readonly RegExp[]) => {
    const reached = new Set<string>();
    const open = [posix.normalize(entry)];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (reached.has(file)) continue;
      reached.add(file);
      const text = await textOf(file);
      for (const kind of kinds)
        for (const [, target = ''] of text.matchAll(kind)) open.push(posix.join(posix.dirname(file), target));
    }
    return reached;
  };
  return { first: await reach([STATIC]), all: await reach([STATIC, DYNAMIC]) };
}
