import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  GetTemplateCommand,
  paginateListStacks,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { bootstrapRoleArn, type Place } from '../deployer/deploy-role';

/** What the session may do of what the deploy role may: look. */
const LOOK_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackResourceDrifts',
        'cloudformation:DescribeStackDriftDetectionStatus',
        'cloudformation:DetectStackDrift',
        'cloudformation:DetectStackResourceDrift',
        'cloudformation:GetTemplate',
        'cloudformation:ListStacks',
      ],
      Resource: '*',
    },
  ],
});
const SESSION_SECONDS = 900;

/** CloudFormation in an account and region, for looking only. */
export async function lookingClient(
  sts: STSClient,
  partition: string,
  place: Place,
): Promise<CloudFormationClient> {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: bootstrapRoleArn(partition, 'deploy', place),
      RoleSessionName: 'granary-release-look',
      DurationSeconds: SESSION_SECONDS,
      Policy: LOOK_ONLY,
    }),
  );
  return new CloudFormationClient({
    region: place.region,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
}

/** Names and states of the stacks that are there and begin with a prefix. */
export async function listStacks(client: CloudFormationClient, prefix: string) {
  const found: { stackName: string; status: string }[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client }, {}))
    for (const { StackName = '', StackStatus: status = '' as StackStatus } of StackSummaries)
      if (StackName.startsWith(prefix) && status !== 'DELETE_COMPLETE')
        found.push({ stackName: StackName, status });
  return found;
}

/** A stack as it is now; undefined when it is not there. */
export async function readStack(client: CloudFormationClient, stackName: string) {
  try {
    const [{ Stacks }, { TemplateBody = '' }] = await Promise.all([
      client.send(new DescribeStacksCommand({ StackName: stackName })),
      client.send(new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' })),
    ]);
    const parameters = (Stacks?.[0]?.Parameters ?? []).map(
      ({ ParameterKey = '', ParameterValue = '' }): [string, string] => [ParameterKey, ParameterValue],
    );
    return {
      status: Stacks?.[0]?.StackStatus ?? '',
      template: TemplateBody,
      parameters: Object.fromEntries(parameters),
    };
  } catch (error) {
    if ((error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message))
      return undefined;
    throw error;
  }
}

/** Starts CloudFormation's comparison of a stack's resources with its template. @returns its id */
export async function detectDrift(client: CloudFormationClient, stackName: string): Promise<string> {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stackName }));
  return StackDriftDetectionId ?? '';
}

/** What the comparison found: resources that somebody changed. Undefined while it is under way. */
export async function driftFound(client: CloudFormationClient, stackName: string, detectionId: string) {
  const status = await client.send(
    new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: detectionId }),
  );
  if (status.DetectionStatus === 'DETECTION_IN_PROGRESS') return undefined;
  const { StackResourceDrifts = [] } = await client.send(
    new DescribeStackResourceDriftsCommand({
      StackName: stackName,
      StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
    }),
  );
  return StackResourceDrifts.map(
    ({ LogicalResourceId = '', ResourceType = '', StackResourceDriftStatus = '' }) => ({
      logicalId: LogicalResourceId,
      type: ResourceType,
      change: StackResourceDriftStatus.toLowerCase(),
    }),
  );
}
