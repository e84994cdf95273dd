import { SimulationError } from '../simulation-error';
import type { ChoiceRule } from './definition';
import { readPath, type Scope } from './reference-path';

type Comparison = (value: unknown, operand: unknown) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (value, operand) => typeof value === 'string' && value === operand,
  BooleanEquals: (value, operand) => typeof value === 'boolean' && value === operand,
  NumericEquals: (value, operand) => typeof value === 'number' && value === operand,
  NumericGreaterThan: (value, operand) => typeof value === 'number' && value > Number(operand),
  NumericGreaterThanEquals: (value, operand) => typeof value === 'number' && value >= Number(operand),
  NumericLessThan: (value, operand) => typeof value === 'number' && value < Number(operand),
  NumericLessThanEquals: (value, operand) => typeof value === 'number' && value <= Number(operand),
  IsPresent: (value, operand) => (value !== undefined) === operand,
  IsNull: (value, operand) => (value === null) === operand,
  IsString: (value, operand) => (typeof value === 'string') === operand,
  IsNumeric: (value, operand) => (typeof value === 'number') === operand,
  IsBoolean: (value, operand) => (typeof value === 'boolean') === operand,
};

/** Whether a rule of a Choice holds. @throws SimulationError for a comparison that is not known */
export function ruleHolds(rule: ChoiceRule, scope: Scope): boolean {
  const known = rules.get(rule);
  if (known) return known(scope);
  const made = conditionOf(rule);
  rules.set(rule, made);
  return made(scope);
}

type Condition = (scope: Scope) => boolean;

/** Read once: a machine asks the same few rules millions of times. */
const rules = new WeakMap<ChoiceRule, Condition>();

function conditionOf(rule: ChoiceRule): Condition {
  const { And, Or, Not } = rule as { And?: ChoiceRule[]; Or?: ChoiceRule[]; Not?: ChoiceRule };
  if (And) return (scope) => And.every((part) => ruleHolds(part, scope));
  if (Or) return (scope) => Or.some((part) => ruleHolds(part, scope));
  if (Not) return (scope) => !ruleHolds(Not, scope);
  const [name, operand] =
    Object.entries(rule).find(([key]) => key !== 'Variable' && key !== 'Next' && key !== 'Comment') ?? [];
  if (name === undefined) throw new SimulationError('a choice compares nothing');
  const byPath = name.endsWith('Path');
  const compare = COMPARISONS[byPath ? name.slice(0, -4) : name];
  if (!compare) throw new SimulationError(`comparison ${name} of a choice cannot be simulated`);
  const variable = String(rule.Variable);
  return (scope) => compare(readPath(variable, scope), byPath ? readPath(String(operand), scope) : operand);
}
