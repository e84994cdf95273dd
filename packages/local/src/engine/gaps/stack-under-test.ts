import {
  CloudFormationClient,
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import type { EngineClientConfig } from '../engine-client';

const WAIT_SECONDS = 30;

/** Creates or updates a stack from a template's resources and outputs; gives the outputs. */
export async function deployStack(
  config: EngineClientConfig,
  StackName: string,
  template: { readonly Resources: object; readonly Outputs?: Record<string, object> },
  options: Partial<CreateStackCommandInput> = {},
): Promise<Record<string, string>> {
  const client = new CloudFormationClient(config);
  const outputs = Object.entries(template.Outputs ?? {}).map(([name, Value]) => [name, { Value }]);
  const input = {
    StackName,
    TemplateBody: JSON.stringify({ Resources: template.Resources, Outputs: Object.fromEntries(outputs) }),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    ...options,
  };
  const exists = await client.send(new DescribeStacksCommand({ StackName })).then(
    () => true,
    () => false,
  );
  const waiting = { client, maxWaitTime: WAIT_SECONDS, minDelay: 1, maxDelay: 1 };
  try {
    await client.send(exists ? new UpdateStackCommand(input) : new CreateStackCommand(input));
    await (exists ? waitUntilStackUpdateComplete : waitUntilStackCreateComplete)(waiting, { StackName });
  } catch (cause) {
    const failed = await failures(client, StackName);
    throw failed.length > 0 ? new Error(failed.join('; '), { cause }) : cause;
  }
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map((each) => [each.OutputKey, each.OutputValue]));
}

async function failures(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const { StackEvents = [] } = await client
    .send(new DescribeStackEventsCommand({ StackName }))
    .catch(() => ({ StackEvents: [] }));
  return StackEvents.filter((event) => event.ResourceStatus?.endsWith('FAILED')).map(
    (event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`,
  );
}

/** A role that `principal` may assume, with `statements` as its policy. */
export const role = (principal: object, statements: readonly object[] = []) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
    },
    ...(statements.length === 0
      ? {}
      : {
          Policies: [
            { PolicyName: 'inline', PolicyDocument: { Version: '2012-10-17', Statement: statements } },
          ],
        }),
  },
});

/** A function with its code in the template and the role named `Role` beside it. */
export const inlineFunction = (code: string, properties: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Code: { ZipFile: code },
    ...properties,
  },
});

export const lambdaRole = role({ Service: 'lambda.amazonaws.com' });
