/**
 * Reads a text that is JSON without any fault: strict, no deeper than the limit, no name twice in one object. The
 * quick way for what nearly every text is; whoever has to explain a fault reads the text again, with its places.
 *
 * @returns undefined when there is a fault, whichever
 */
export function readPlainJson(text: string, depthLimit: number): { readonly value: unknown } | undefined {
  const names = countNames(text, depthLimit);
  if (names === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // Of a name that stands twice, JSON.parse keeps one.
    return countKeys(value) === names ? { value } : undefined;
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH, COLON] = ['"', '\\', ':'].map((character) => character.charCodeAt(0));
const OPENING = new Set(['{', '['].map((character) => character.charCodeAt(0)));
const CLOSING = new Set(['}', ']'].map((character) => character.charCodeAt(0)));

/** @returns undefined when brackets go deeper than the limit */
function countNames(text: string, depthLimit: number): number | undefined {
  let [names, depth] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === COLON) names += 1;
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
    if (depth > depthLimit) return undefined;
  }
  return names;
}

/** Where its closing quote is. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE)
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  return index;
}

/** NaN when there is a name that no object can hold safely. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + countKeys(each), 0);
  const entries = Object.entries(value);
  return entries.reduce(
    (sum, [name, each]) => (name === '__proto__' ? Number.NaN : sum + countKeys(each)),
    entries.length,
  );
}
