import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Expectation, Write } from './control-table';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A write as DynamoDB takes it. Every attribute's name goes by placeholder: some are reserved words. */
export function transactItem(write: Write, tableName: string): TransactItem {
  const condition = conditionOf(write.expect);
  switch (write.type) {
    case 'put':
      return {
        Put: {
          TableName: tableName,
          Item: write.item,
          ...conditionMembers(condition),
        },
      };
    case 'check':
      return {
        ConditionCheck: {
          TableName: tableName,
          Key: { ...write.key },
          ConditionExpression: condition.expression,
          ...conditionMembers(condition),
        },
      };
    case 'delete':
      return { Delete: { TableName: tableName, Key: { ...write.key }, ...conditionMembers(condition) } };
    case 'update': {
      const set = clause('SET', write.set, 's', (name, value) => `${name} = ${value}`);
      const add = clause('ADD', write.add, 'a', (name, value) => `${name} ${value}`);
      return {
        Update: {
          TableName: tableName,
          Key: { ...write.key },
          UpdateExpression: [set.expression, add.expression].filter(Boolean).join(' '),
          ...(condition.expression ? { ConditionExpression: condition.expression } : {}),
          ExpressionAttributeNames: { ...condition.names, ...set.names, ...add.names },
          ExpressionAttributeValues: { ...condition.values, ...set.values, ...add.values },
        },
      };
    }
  }
}

interface Expression {
  readonly expression: string;
  readonly names: Record<string, string>;
  readonly values: Record<string, unknown>;
}

function conditionOf(expect: Expectation): Expression {
  switch (expect.kind) {
    case 'absent':
      return { expression: 'attribute_not_exists(#c)', names: { '#c': 'pk' }, values: {} };
    case 'present':
      return { expression: 'attribute_exists(#c)', names: { '#c': 'pk' }, values: {} };
    case 'any':
      return { expression: '', names: {}, values: {} };
    case 'equal':
      return { expression: '#c = :c', names: { '#c': expect.attribute }, values: { ':c': expect.value } };
  }
}

/** DynamoDB refuses a condition that is empty, and placeholders that no expression uses. */
function conditionMembers({ expression, names, values }: Expression) {
  if (expression === '') return {};
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}

function clause(
  keyword: string,
  attributes: Readonly<Record<string, unknown>> | undefined,
  letter: string,
  form: (name: string, value: string) => string,
): Expression {
  const entries = Object.entries(attributes ?? {}).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return { expression: '', names: {}, values: {} };
  return {
    expression: `${keyword} ${entries.map((_, i) => form(`#${letter}${i}`, `:${letter}${i}`)).join(', ')}`,
    names: Object.fromEntries(entries.map(([name], i) => [`#${letter}${i}`, name])),
    values: Object.fromEntries(entries.map(([, value], i) => [`:${letter}${i}`, value])),
  };
}
