import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from './problem';

/** A problem with the text itself. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly length: number;
  readonly problem: Problem;
}

export interface SyntaxResult {
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Whether the tree can be trusted in spite of the problems: commas and comments only. */
  readonly whole: boolean;
}

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** Strict JSON, with a tree even when commas or comments are wrong. */
export function parseSyntax(text: string): SyntaxResult {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, STRICT);
  const problems: SyntaxProblem[] = [];
  let whole = true;
  const seen = new Set<number>();
  for (const { error: code, offset, length } of errors) {
    const error = printParseErrorCode(code);
    if (seen.has(offset)) continue;
    seen.add(offset);
    const trailing = isTrailingComma(text, error, offset);
    const [message, advice] = trailing
      ? ['a comma before a closing bracket', 'remove the comma']
      : (EXPLANATIONS[error] ?? ['this is no JSON', 'write JSON as in RFC 8259']);
    whole &&= trailing || GENTLE.has(error);
    problems.push({ offset, length, problem: { path: [], message, advice } });
  }
  return { root, problems, whole };
}

/** Where the brackets go deeper than the limit: the parser recurses, so this is asked first. */
export function tooDeepAt(text: string, limit: number): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const start = text[scanner.getTokenOffset()] ?? '';
    if (start === '{' || start === '[') depth += 1;
    if (start === '}' || start === ']') depth -= 1;
    if (depth > limit) return scanner.getTokenOffset();
  }
  return undefined;
}

function isTrailingComma(text: string, error: string, offset: number): boolean {
  const misses = error === 'PropertyNameExpected' || error === 'ValueExpected';
  return (
    misses && /[}\]]/.test(text[offset] ?? '') && /,\s*$/.test(text.slice(Math.max(0, offset - 200), offset))
  );
}

const GENTLE: ReadonlySet<string> = new Set(['CommaExpected', 'InvalidCommentToken']);

const EXPLANATIONS: Readonly<Record<string, readonly [string, string]>> = {
  InvalidSymbol: ['not a JSON value', 'write names and text in double quotes, without a byte order mark'],
  InvalidNumberFormat: ['not a JSON number', 'write digits, with at most one point'],
  PropertyNameExpected: ['a name is missing', 'write a name in double quotes'],
  ValueExpected: ['a value is missing', 'write a value'],
  ColonExpected: ['a colon is missing', 'write a colon between the name and its value'],
  CommaExpected: ['a comma is missing', 'write a comma between entries'],
  CloseBraceExpected: ['a closing brace is missing', 'close the object with }'],
  CloseBracketExpected: ['a closing bracket is missing', 'close the list with ]'],
  EndOfFileExpected: ['more text after the end of the manifest', 'remove it: a file holds one object'],
  InvalidCommentToken: ['a comment', 'remove it: JSON has no comments'],
  UnexpectedEndOfComment: ['a comment without an end', 'remove it: JSON has no comments'],
  UnexpectedEndOfString: [
    'text without a closing quote',
    'close the text with a double quote on the same line',
  ],
  UnexpectedEndOfNumber: ['half a number', 'write the number in full'],
  InvalidUnicode: ['a broken unicode escape', 'write \\u and four hexadecimal digits'],
  InvalidEscapeCharacter: ['an unknown escape', 'escape with \\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u only'],
  InvalidCharacter: ['a control character in text', 'escape it'],
};
