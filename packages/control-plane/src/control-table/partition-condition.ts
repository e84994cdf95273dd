import type { PartitionQuery } from './control-table';

export interface PartitionCondition {
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, string>>;
}

/** The part of a partition that a query asks for, as DynamoDB takes it. */
export function partitionCondition({ pk, prefix, from, to }: PartitionQuery): PartitionCondition {
  const range =
    prefix !== undefined
      ? { expression: 'begins_with(sk, :prefix)', values: { ':prefix': prefix } }
      : from !== undefined && to !== undefined
        ? { expression: 'sk BETWEEN :from AND :to', values: { ':from': from, ':to': to } }
        : from !== undefined
          ? { expression: 'sk >= :from', values: { ':from': from } }
          : undefined;
  return {
    KeyConditionExpression: range ? `pk = :pk AND ${range.expression}` : 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk, ...range?.values },
  };
}
