import type { Diagnostic } from './diagnostic';
import { draftOf } from './draft';
import { LIMITS } from './limits';
import type { Manifest } from './manifest';
import { ManifestError } from './manifest-error';
import { readPlainJson } from './plain-json';
import type { Problem } from './problem';
import { formatPath } from './problem';
import { ruleProblems } from './rules';
import { checkSchema } from './schema-problems';
import { SourceText } from './source-text';
import { parseSyntax, tooDeepAt } from './syntax';
import { nameProblems, plainValue } from './tree';

export type ParseResult =
  | { readonly ok: true; readonly fileName: string; readonly manifest: Manifest }
  | { readonly ok: false; readonly fileName: string; readonly diagnostics: readonly Diagnostic[] };

/** More would hide the first ones; fixing those shows the rest. */
export const MAXIMUM_DIAGNOSTICS = 100;

/**
 * Reads a manifest and reports every mistake at once, in the order of the text: syntax, names that stand
 * twice, fields, and rules between fields. Never throws.
 */
export function parseManifest(text: string, fileName = 'tenants.json'): ParseResult {
  const manifest = readFaultless(text);
  return manifest ? { ok: true, fileName, manifest } : explain(text, fileName);
}

/** Without places, which only a mistake needs: the trees of ten thousand tenants take most of a second. */
function readFaultless(text: string): Manifest | undefined {
  if (Buffer.byteLength(text) > LIMITS.bytes) return undefined;
  const plain = readPlainJson(text, LIMITS.depth);
  const checked = plain && check(plain.value);
  return checked?.problems.length === 0 ? checked.manifest : undefined;
}

function explain(text: string, fileName: string): ParseResult {
  const refused = refuse(text);
  if (refused) return { ok: false, fileName, diagnostics: [refused] };
  const { root, problems: syntax, whole } = parseSyntax(text);
  const source = new SourceText(text, root);
  const found = first([syntax, root ? nameProblems(root) : []]).map(({ offset, length, problem }) =>
    source.at(offset, length, problem),
  );
  const checked = root && whole ? check(plainValue(root)) : { manifest: undefined, problems: [] };
  found.push(...checked.problems.map((problem) => source.diagnose(problem)));
  if (found.length === 0 && checked.manifest) return { ok: true, fileName, manifest: checked.manifest };
  return { ok: false, fileName, diagnostics: bounded(found) };
}

/** @throws ManifestError with every diagnostic. */
export function loadManifest(text: string, fileName = 'tenants.json'): Manifest {
  const result = parseManifest(text, fileName);
  if (result.ok) return result.manifest;
  throw ManifestError.of(result.diagnostics, fileName);
}

function refuse(text: string): Diagnostic | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMITS.bytes)
    return new SourceText('').diagnose({
      path: [],
      message: `the file has ${bytes} bytes, more than ${LIMITS.bytes}`,
      advice: 'split the tenants over several installations',
    });
  const deep = tooDeepAt(text, LIMITS.depth);
  if (deep === undefined) return undefined;
  return new SourceText(text).at(deep, 1, {
    path: [],
    message: `brackets go deeper than ${LIMITS.depth}`,
    advice: 'remove them: no field of a manifest is nested that deep',
  });
}

function check(value: unknown): {
  readonly manifest: Manifest | undefined;
  readonly problems: readonly Problem[];
} {
  const schema = checkSchema(value);
  // A field that is wrong by itself is reported once, not again by the rules that read it.
  const places = new Set<string>();
  const problems = first([schema.problems, ruleProblems(draftOf(value))], (problem) => {
    const place = formatPath(problem.path);
    const isNew = !places.has(place);
    places.add(place);
    return isNew;
  });
  return { manifest: schema.manifest, problems };
}

/** What is enough of each source to fill the report and to know that there is more. */
function first<T>(sources: readonly Iterable<T>[], keep: (item: T) => boolean = () => true): T[] {
  return sources.flatMap((source) => {
    const taken: T[] = [];
    for (const item of source) {
      if (taken.length > MAXIMUM_DIAGNOSTICS) break;
      if (keep(item)) taken.push(item);
    }
    return taken;
  });
}

function bounded(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...found].sort((left, right) => left.line - right.line || left.column - right.column);
  const last = sorted[MAXIMUM_DIAGNOSTICS - 1];
  if (sorted.length <= MAXIMUM_DIAGNOSTICS || !last) return sorted;
  const advice = 'mend the ones above to see the rest';
  return [
    ...sorted.slice(0, MAXIMUM_DIAGNOSTICS),
    { ...last, value: '', message: 'there are more problems', advice },
  ];
}
