import { SimulationError } from '../simulation-error';
import { readPath, type Scope } from './reference-path';

/** Numbers in [0, 1). */
export type Random = () => number;

/** What a template or an expression gives, wherever it is asked. */
type Filler = (scope: Scope, random: Random) => unknown;

/** Read once: a machine fills the same few templates millions of times. */
const templates = new WeakMap<object, Filler>();
const expressions = new Map<string, Filler>();

/** A payload with every `name.$` replaced by what its path or intrinsic function gives. */
export function fillTemplate(template: unknown, scope: Scope, random: Random): unknown {
  return fillerOf(template)(scope, random);
}

/** A path, a literal, or an intrinsic function of them. */
export function evaluate(expression: string, scope: Scope, random: Random): unknown {
  return expressionOf(expression)(scope, random);
}

function fillerOf(template: unknown): Filler {
  if (typeof template !== 'object' || template === null) return () => template;
  const known = templates.get(template);
  if (known) return known;
  const made = Array.isArray(template) ? listOf(template) : recordOf(template);
  templates.set(template, made);
  return made;
}

function listOf(template: readonly unknown[]): Filler {
  const parts = template.map(fillerOf);
  return (scope, random) => parts.map((part) => part(scope, random));
}

function recordOf(template: object): Filler {
  const parts = Object.entries(template).map(([name, value]): [string, Filler] =>
    name.endsWith('.$') ? [name.slice(0, -2), expressionOf(String(value))] : [name, fillerOf(value)],
  );
  return (scope, random) => {
    const made: Record<string, unknown> = {};
    for (const [name, part] of parts) made[name] = part(scope, random);
    return made;
  };
}

function expressionOf(expression: string): Filler {
  const known = expressions.get(expression);
  if (known) return known;
  const made = parse(expression);
  expressions.set(expression, made);
  return made;
}

function parse(expression: string): Filler {
  if (expression.startsWith('$')) return (scope) => readPath(expression, scope);
  const call = /^States\.(\w+)\((.*)\)$/s.exec(expression);
  if (call) {
    const [, name, inside] = call as unknown as [string, string, string];
    const parts = splitArguments(inside).map(expressionOf);
    return (scope, random) =>
      apply(
        name,
        parts.map((part) => part(scope, random)),
        random,
      );
  }
  const value = literalOf(expression);
  return () => value;
}

function literalOf(expression: string): unknown {
  if (/^'.*'$/s.test(expression)) return expression.slice(1, -1).replaceAll("\\'", "'");
  if (/^-?\d+(\.\d+)?$/.test(expression)) return Number(expression);
  if (expression === 'true' || expression === 'false') return expression === 'true';
  if (expression === 'null') return null;
  throw new SimulationError(`expression "${expression}" cannot be simulated`);
}

function apply(name: string, given: readonly unknown[], random: Random): unknown {
  const [first, second] = given;
  switch (name) {
    case 'Format': {
      let next = 0;
      return String(first).replaceAll('{}', () => {
        next += 1;
        return String(given[next]);
      });
    }
    case 'StringToJson':
      return JSON.parse(String(first));
    case 'JsonToString':
      return JSON.stringify(first);
    case 'MathRandom':
      return Math.floor(Number(first) + random() * (Number(second) - Number(first)));
    case 'MathAdd':
      return Number(first) + Number(second);
    case 'Array':
      return [...given];
    case 'ArrayLength':
      return (first as readonly unknown[]).length;
    default:
      throw new SimulationError(`intrinsic function States.${name} cannot be simulated`);
  }
}

/** At commas that are in no parenthesis and no quotes. */
function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const [index, letter] of [...text].entries()) {
    if (letter === "'" && text[index - 1] !== '\\') quoted = !quoted;
    if (!quoted && letter === '(') depth += 1;
    if (!quoted && letter === ')') depth -= 1;
    if (!quoted && depth === 0 && letter === ',') {
      parts.push(part.trim());
      part = '';
    } else part += letter;
  }
  return part.trim() === '' ? parts : [...parts, part.trim()];
}
