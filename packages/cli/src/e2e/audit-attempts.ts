import {
  CloudFormationClient,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { LocalCloud } from '@granary/local';
import type { Manifest } from '@granary/manifest';

/** What one function's role tried on the audit log, and what it was answered. */
export interface AuditAttempt {
  readonly role: string;
  readonly action: 'delete' | 'update' | 'put';
  /** Name of the error; `done` when there was none. */
  readonly answer: string;
}

/** Acts as every function of the control plane, and tries to change the audit log directly. */
export async function tamperWithAudit(
  { engine }: LocalCloud,
  { application, controlPlane: { account, region } }: Manifest,
): Promise<readonly AuditAttempt[]> {
  const config = engine.clientConfig(account, region);
  const resources = await resourcesOf(`${application}-control-plane`, new CloudFormationClient(config));
  const table = resources.find(
    ({ ResourceType, LogicalResourceId }) =>
      ResourceType === 'AWS::DynamoDB::Table' && LogicalResourceId?.startsWith('FunctionsAuditTable'),
  );
  const attempts: AuditAttempt[] = [];
  for (const arn of await functionRoles(new LambdaClient(config))) {
    const role = arn.slice(arn.lastIndexOf('/') + 1);
    const credentials = await engine.serviceSession('lambda.amazonaws.com', arn);
    const dynamodb = new DynamoDBClient({ ...config, credentials });
    const TableName = table?.PhysicalResourceId;
    const Key = { pk: { S: 'CHAIN#greedy' }, sk: { S: '000000000001' } };
    const UpdateExpression = 'SET recordedAt = :at';
    const ExpressionAttributeValues = { ':at': { S: 'never' } };
    const commands = {
      delete: () => dynamodb.send(new DeleteItemCommand({ TableName, Key })),
      update: () =>
        dynamodb.send(new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues })),
      put: () => dynamodb.send(new PutItemCommand({ TableName, Item: Key })),
    };
    for (const [action, send] of Object.entries(commands))
      attempts.push({ role, action: action as AuditAttempt['action'], answer: await answerOf(send) });
  }
  return attempts;
}

/** The execution roles of every function in the control plane's account and region. */
async function functionRoles(client: LambdaClient): Promise<readonly string[]> {
  const roles = new Set<string>();
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    for (const { Role } of Functions) if (Role) roles.add(Role);
  return [...roles];
}

async function answerOf(send: () => Promise<unknown>): Promise<string> {
  try {
    await send();
    return 'done';
  } catch (error) {
    return (error as Error).name;
  }
}

async function resourcesOf(StackName: string, client: CloudFormationClient): Promise<StackResourceSummary[]> {
  const found: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName, NextToken }));
    found.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
