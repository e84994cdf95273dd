import { type FormattingOptions, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

/** Text in place of a part of the text. */
interface Replacement {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * Changes of one list of a JSON text, entry by entry: bytes outside of what is changed stay as they are, which
 * jsonc-parser's own edits do not promise (they reformat what is around).
 */
export class ListEdit {
  private readonly list: Node;
  /** The whole text is one line: it is written without blanks. */
  private readonly compact: boolean;

  /** @throws RangeError when there is no list of that name at the top. */
  constructor(
    private readonly text: string,
    name: string,
    private readonly format: FormattingOptions,
  ) {
    const root = parseTree(text);
    const list = root && findNodeAtLocation(root, [name]);
    if (list?.type !== 'array') throw new RangeError(`there is no list "${name}"`);
    this.list = list;
    this.compact = !/[\r\n]/.test(text.trimEnd());
  }

  /** After the last entry. */
  append(value: unknown): string {
    const last = this.entries.at(-1);
    const layout = this.layoutOf(last ?? this.list);
    const entry = this.written(value, layout);
    if (!last) {
      const { eol = '\n' } = this.format;
      const outer = this.layoutOf(this.list);
      const inner = `${outer.indent}${this.step}`;
      const wrapped = outer.inline
        ? `[${entry}]`
        : `[${eol}${inner}${this.written(value, { ...outer, indent: inner })}${eol}${outer.indent}]`;
      return this.replaced({ offset: this.list.offset, length: this.list.length, text: wrapped });
    }
    return this.replaced({ offset: end(last), length: 0, text: this.separator(last) + entry });
  }

  /** With the comma that goes with it. */
  remove(index: number): string {
    return this.replaced(this.removal(this.entries, index, this.list));
  }

  /** Sets a field of an entry, after its other fields if it is new; `undefined` removes it. */
  set(index: number, field: string, value: unknown): string {
    const entry = this.entries[index];
    if (entry?.type !== 'object') throw new RangeError(`entry ${index} is no object`);
    const fields = entry.children ?? [];
    const place = fields.findIndex(({ children: [key] = [] }) => key?.value === field);
    const known = fields[place];
    if (value === undefined) return known ? this.replaced(this.removal(fields, place, entry)) : this.text;
    const last = fields.at(-1);
    const layout = this.layoutOf(known ?? last ?? entry);
    const written = this.written(value, layout);
    const old = known?.children?.[1];
    if (old) return this.replaced({ offset: old.offset, length: old.length, text: written });
    const named = `${JSON.stringify(field)}:${layout.compact ? '' : ' '}${written}`;
    return last
      ? this.replaced({ offset: end(last), length: 0, text: this.separator(last) + named })
      : this.replaced({ offset: entry.offset, length: entry.length, text: `{ ${named} }` });
  }

  private get entries(): readonly Node[] {
    return this.list.children ?? [];
  }

  private removal(siblings: readonly Node[], index: number, parent: Node): Replacement {
    const [before, node, after] = [siblings[index - 1], siblings[index], siblings[index + 1]];
    if (!node) throw new RangeError(`there is no entry ${index}`);
    const from = before ? end(before) : after ? node.offset : parent.offset + 1;
    const to = before ? end(node) : after ? after.offset : end(parent) - 1;
    return { offset: from, length: to - from, text: '' };
  }

  /** What stands between a node and the one before it, for one more behind. */
  private separator(last: Node): string {
    const { inline, compact, indent } = this.layoutOf(last);
    if (inline) return compact ? ',' : ', ';
    return `,${this.format.eol ?? '\n'}${indent}`;
  }

  /** How the place of a node is written: on a line of its own, or among others. */
  private layoutOf({ offset, parent }: Node): Layout {
    const before = this.text.slice(0, offset);
    const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
    const indent = /^[ \t]*/.exec(before.slice(lineStart))?.[0] ?? '';
    // A value stands behind its name; the line is the one of its property.
    const own = before.slice(lineStart).length === indent.length;
    const property = parent?.type === 'property' && parent.offset === lineStart + indent.length;
    return { inline: !own && !property, compact: this.compact, indent };
  }

  private get step(): string {
    const { insertSpaces = true, tabSize = 2 } = this.format;
    return insertSpaces ? ' '.repeat(tabSize) : '\t';
  }

  private written(value: unknown, { inline, compact, indent }: Layout): string {
    if (compact) return JSON.stringify(value);
    const lines = JSON.stringify(value, undefined, this.step).split('\n');
    return inline
      ? lines.map((line) => line.trim()).join(' ')
      : lines.join(`${this.format.eol ?? '\n'}${indent}`);
  }

  private replaced({ offset, length, text }: Replacement): string {
    return this.text.slice(0, offset) + text + this.text.slice(offset + length);
  }
}

interface Layout {
  /** Among others on its line. */
  readonly inline: boolean;
  /** Without blanks. */
  readonly compact: boolean;
  readonly indent: string;
}

function end({ offset, length }: Node): number {
  return offset + length;
}
