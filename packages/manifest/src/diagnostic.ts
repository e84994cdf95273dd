/** One mistake in a manifest: where, what, and what to do about it. */
export interface Diagnostic {
  /** JSON path, for example `$.tenants[2].tier`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** What is there, shortened and printable; empty when nothing is. */
  readonly value: string;
  /** What is wrong. */
  readonly message: string;
  /** What to change. */
  readonly advice: string;
}

/** A block of text for a terminal: one diagnostic a paragraph, in the order of the file. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], fileName: string): string {
  return diagnostics
    .map(({ path, line, column, value, message, advice }) => {
      const found = value === '' ? '' : `\n    found: ${value}`;
      return `${fileName}:${line}:${column} ${path}\n    ${message}${found}\n    ${advice}`;
    })
    .join('\n');
}
