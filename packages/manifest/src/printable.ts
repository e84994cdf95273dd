const LONGEST = 80;

/** Text that is safe in a terminal and in a log line: one line, at most 80 characters, nothing invisible. */
export function printable(text: string): string {
  const line = text.slice(0, LONGEST * 4).replace(/\s+/g, ' ');
  const cut = [...line].slice(0, LONGEST).join('');
  return (
    cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped) +
    (cut.length < line.length || text.length > LONGEST * 4 ? '…' : '')
  );
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
