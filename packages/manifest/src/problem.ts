/** A mistake by its place in the value; `source-text` turns it into a diagnostic with line and column. */
export interface Problem {
  readonly path: Path;
  /** Points at the name of the entry instead of at its value. @default false */
  readonly atKey?: boolean;
  readonly message: string;
  readonly advice: string;
}

export type Path = readonly (string | number)[];

/** `$.tenants[2].tier`; names that are no identifiers in brackets and quotes. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    return /^[A-Za-z_$][\w$-]{0,63}$/.test(segment)
      ? `${text}.${segment}`
      : `${text}["${shortened(segment)}"]`;
  }, '$');
}

function shortened(name: string): string {
  const start = [...name.slice(0, 200)].slice(0, 64).join('');
  return start.replace(/["\\]|[^\P{C}]|[\p{Zl}\p{Zp}]/gu, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
