import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { Diagnostic } from './diagnostic';
import { printable } from './printable';
import { formatPath, type Path, type Problem } from './problem';

/** The text of a manifest and its tree: says on which line a problem is. */
export class SourceText {
  private readonly lineStarts: readonly number[];

  constructor(
    private readonly text: string,
    private readonly root?: Node,
  ) {
    this.lineStarts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
  }

  /** A diagnostic at a place in the text, found by the tree's parser rather than by path. */
  at(offset: number, length: number, problem: Problem): Diagnostic {
    const { path, message, advice } = problem;
    const value = printable(this.text.slice(offset, offset + Math.min(length, 400)));
    return { path: formatPath(path), ...this.position(offset), value, message, advice };
  }

  /** A diagnostic at a path; when nothing is there, at the nearest thing around it. */
  diagnose(problem: Problem): Diagnostic {
    const node = this.root && this.nodeAt(problem.path);
    if (node && problem.atKey) {
      const [key] = node.parent?.type === 'property' ? (node.parent.children ?? []) : [];
      if (key) return this.at(key.offset, key.length, problem);
    }
    if (node) return this.at(node.offset, node.length, problem);
    const around = this.nearest(problem.path);
    return { ...this.at(around?.offset ?? 0, 0, problem), value: '' };
  }

  private nodeAt(path: Path): Node | undefined {
    return this.root && findNodeAtLocation(this.root, [...path]);
  }

  private nearest(path: Path): Node | undefined {
    for (let length = path.length - 1; length >= 0; length -= 1) {
      const node = this.nodeAt(path.slice(0, length));
      if (node) return node;
    }
    return undefined;
  }

  private position(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
  }
}
