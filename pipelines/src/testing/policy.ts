import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './sample';

/** A statement of an identity policy, its parts made lists. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly conditions: unknown;
}

/** Statements of every policy of a template, those of inline ones included. */
export function policyStatements(template: Template): readonly Statement[] {
  return statementsOf(template, '');
}

/** Statements of the policies whose logical ids begin so. */
export function statementsOf(template: Template, prefix: string): readonly Statement[] {
  const managed = Object.entries(resources(template, 'AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(prefix))
    .map(([, { Properties }]) => Properties.PolicyDocument);
  const inline = Object.entries(resources(template, 'AWS::IAM::Role'))
    .filter(([id]) => id.startsWith(prefix))
    .flatMap(([, { Properties }]) => Properties.Policies ?? [])
    .map(({ PolicyDocument }) => PolicyDocument);
  return [...managed, ...inline].flatMap(({ Statement: statements }) =>
    statements.map((statement: Record<string, unknown>) => ({
      actions: list(statement.Action),
      resources: list(statement.Resource),
      conditions: statement.Condition,
    })),
  );
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
