import type { Node } from 'jsonc-parser';
import type { Path } from './problem';
import type { SyntaxProblem } from './syntax';

/** The plain value of a tree. Of a name that stands twice the first counts, as for positions. */
export function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value;
  const entries = new Map<string, unknown>();
  for (const [key, child] of properties(node))
    if (child && key.value !== '__proto__' && !entries.has(key.value))
      entries.set(key.value, plainValue(child));
  return Object.fromEntries(entries);
}

/** Names that stand twice in one object, and the one name that no object can hold. Lazy. */
export function* nameProblems(node: Node, path: Path = []): Generator<SyntaxProblem> {
  if (node.type === 'array')
    for (const [index, child] of (node.children ?? []).entries())
      yield* nameProblems(child, [...path, index]);
  if (node.type !== 'object') return;
  const seen = new Set<string>();
  for (const [key, child] of properties(node)) {
    const here = [...path, key.value as string];
    const explained = explain(key.value, seen);
    if (explained) yield { offset: key.offset, length: key.length, problem: { path: here, ...explained } };
    seen.add(key.value);
    if (child) yield* nameProblems(child, here);
  }
}

function explain(name: string, seen: ReadonlySet<string>) {
  if (name === '__proto__') return { message: 'not a name that can be used', advice: 'remove the entry' };
  return seen.has(name)
    ? { message: 'stands twice in the same object', advice: 'keep one of the two' }
    : undefined;
}

function properties(node: Node): readonly (readonly [Node, Node | undefined])[] {
  return (node.children ?? []).flatMap(({ children: [key, child] = [] }) =>
    key ? [[key, child] as const] : [],
  );
}
