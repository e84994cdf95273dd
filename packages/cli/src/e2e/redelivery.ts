import { gzipSync } from 'node:zlib';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalCloud } from '@granary/local';
import type { Manifest } from '@granary/manifest';

/** A usage record that comes with what is delivered again: once it is counted, all of it has been looked at. */
export interface Companion {
  readonly id: string;
  readonly tenantId: string;
}

/**
 * Hands the pool's meter reader a batch of log lines with every request of a tenant that was counted, as a log does
 * that delivers a batch again, and one request more, of somebody else.
 * @returns how many requests were delivered again
 */
export async function deliverAgain(
  { engine }: LocalCloud,
  { application, controlPlane, cells, pools }: Manifest,
  tenantId: string,
  companion: Companion,
): Promise<number> {
  const [pool] = pools;
  const cell = cells.find(({ id }) => id === pool?.cell);
  if (!pool || !cell) throw new Error('there is no pool');
  const control = engine.clientConfig(controlPlane.account, controlPlane.region);
  const TableName = await resourceOf(
    control,
    `${application}-control-plane`,
    /^ControlTable/,
    'DynamoDB::Table',
  );
  const prefix = `USAGE-RECORD#${tenantId}#`;
  const ids: string[] = [];
  const scan = {
    TableName,
    FilterExpression: 'begins_with(pk, :prefix)',
    ExpressionAttributeValues: { ':prefix': { S: `${prefix}request:` } },
  };
  for await (const { Items = [] } of paginateScan({ client: new DynamoDBClient(control) }, scan))
    ids.push(...Items.map(({ pk }) => String(pk?.S).slice(prefix.length)));
  const records = [...ids.map((id) => ({ id, tenantId })), companion];
  const timestamp = Date.now();
  const logEvents = records.map((record, id) => {
    const usageRecord = JSON.stringify({ ...record, at: new Date().toISOString(), meters: { requests: 1 } });
    return { id: String(id), timestamp, message: JSON.stringify({ usageRecord }) };
  });
  const batch = gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents })).toString('base64');
  const place = engine.clientConfig(cell.account, cell.region);
  const answer = await new LambdaClient(place).send(
    new InvokeCommand({
      FunctionName: await resourceOf(
        place,
        `${application}-${pool.id}`,
        /^MeteringReaderFunction/,
        'Lambda::Function',
      ),
      Qualifier: 'live',
      Payload: Buffer.from(JSON.stringify({ awslogs: { data: batch } })),
    }),
  );
  if (answer.FunctionError) throw new Error(Buffer.from(answer.Payload ?? []).toString());
  return ids.length;
}

async function resourceOf(
  config: ConstructorParameters<typeof CloudFormationClient>[0] & object,
  StackName: string,
  logicalId: RegExp,
  type: string,
): Promise<string> {
  const { StackResourceSummaries = [] } = await new CloudFormationClient(config).send(
    new ListStackResourcesCommand({ StackName }),
  );
  const found = StackResourceSummaries.find(
    ({ LogicalResourceId, ResourceType }) =>
      logicalId.test(LogicalResourceId ?? '') && ResourceType === `AWS::${type}`,
  );
  if (!found?.PhysicalResourceId) throw new Error(`stack ${StackName} has no ${type} ${logicalId}`);
  return found.PhysicalResourceId;
}
