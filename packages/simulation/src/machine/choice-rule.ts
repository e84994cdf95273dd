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
  if (Array.isArray(rule.And)) return rule.And.every((part) => ruleHolds(part as ChoiceRule, scope));
  if (Array.isArray(rule.Or)) return rule.Or.some((part) => ruleHolds(part as ChoiceRule, scope));
  if (rule.Not !== undefined) return !ruleHolds(rule.Not as ChoiceRule, scope);
  const value = readPath(String(rule.Variable), scope);
  const [name, operand] =
    Object.entries(rule).find(([key]) => key !== 'Variable' && key !== 'Next' && key !== 'Comment') ?? [];
  if (name === undefined) throw new SimulationError('a choice compares nothing');
  const byPath = name.endsWith('Path');
  const compare = COMPARISONS[byPath ? name.slice(0, -4) : name];
  if (!compare) throw new SimulationError(`comparison ${name} of a choice cannot be simulated`);
  return compare(value, byPath ? readPath(String(operand), scope) : operand);
}
