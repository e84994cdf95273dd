import { APIGatewayClient, GetApiKeysCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUsersCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateAccessKeyCommand, GetRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { type Place, sdkAnswer } from '../answer';
import type { Attempt } from '../attempt';
import { type Field, strangersTo, type TenantField } from '../field/field';

const KIND = 'scoped credentials: other services';

/** The tenants' own credentials at everything that is not DynamoDB. */
export function serviceAttempts(field: Field): Attempt[] {
  return field.tenants.flatMap((tenant) => [
    ...(['admin', 'user'] as const).flatMap((who) => servicesAs(field, tenant, who)),
    ...chains(field, tenant),
  ]);
}

function settings(field: Field, tenant: TenantField, who: 'admin' | 'user') {
  const { region } = tenant.deployment;
  return { endpoint: field.cloud.endpoint, region, credentials: tenant.sessions[who], maxAttempts: 1 };
}

function servicesAs(field: Field, tenant: TenantField, who: 'admin' | 'user'): Attempt[] {
  const config = settings(field, tenant, who);
  const { userPoolId: UserPoolId, clientId: ClientId, authorizer, stack, tenantRole } = tenant.deployment;
  const victim = strangersTo(field, tenant)[0] as TenantField;
  const Username = victim.admin.userName;
  const FunctionName = authorizer;
  const Payload = Buffer.from(JSON.stringify({ authorizationToken: 'Bearer a.b.c', methodArn: '' }));
  const users = new CognitoIdentityProviderClient(config);
  const functions = new LambdaClient(config);
  const gateway = new APIGatewayClient(config);
  const stacks = new CloudFormationClient(config);
  const iam = new IAMClient(config);
  const RoleName = tenantRole.split('/').pop();
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    'S3 ListBuckets': () =>
      new S3Client({ ...config, forcePathStyle: true }).send(new ListBucketsCommand({})),
    'Lambda ListFunctions': () => functions.send(new ListFunctionsCommand({})),
    'Lambda GetFunction of the authorizer': () => functions.send(new GetFunctionCommand({ FunctionName })),
    'Lambda Invoke of the authorizer': () => functions.send(new InvokeCommand({ FunctionName, Payload })),
    'Lambda Invoke of the live authorizer': () =>
      functions.send(new InvokeCommand({ FunctionName, Qualifier: 'live', Payload })),
    'Cognito ListUsers': () => users.send(new ListUsersCommand({ UserPoolId })),
    'Cognito AdminGetUser': () => users.send(new AdminGetUserCommand({ UserPoolId, Username })),
    'Cognito AdminCreateUser': () =>
      users.send(new AdminCreateUserCommand({ UserPoolId, Username: 'mine@example.com' })),
    'Cognito AdminSetUserPassword': () =>
      users.send(
        new AdminSetUserPasswordCommand({
          UserPoolId,
          Username,
          Password: 'Mine-mine-1234',
          Permanent: true,
        }),
      ),
    'Cognito AdminUpdateUserAttributes': () =>
      users.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId,
          Username: tenant.user.userName,
          UserAttributes: [{ Name: 'custom:userRole', Value: 'TenantAdmin' }],
        }),
      ),
    'Cognito AdminInitiateAuth': () =>
      users.send(
        new AdminInitiateAuthCommand({
          UserPoolId,
          ClientId,
          AuthFlow: 'ADMIN_NO_SRP_AUTH',
          AuthParameters: { USERNAME: Username, PASSWORD: 'Mine-mine-1234' },
        }),
      ),
    'Cognito DescribeUserPoolClient': () =>
      users.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })),
    'Cognito UpdateUserPoolClient': () =>
      users.send(
        new UpdateUserPoolClientCommand({ UserPoolId, ClientId, WriteAttributes: ['custom:tenantId'] }),
      ),
    'API Gateway GetApiKeys': () => gateway.send(new GetApiKeysCommand({ includeValues: true })),
    'API Gateway GetRestApis': () => gateway.send(new GetRestApisCommand({})),
    'CloudFormation ListStacks': () => stacks.send(new ListStacksCommand({})),
    'CloudFormation DescribeStacks': () =>
      stacks.send(new DescribeStacksCommand({ StackName: stack.stackName })),
    'CloudWatch DescribeLogGroups': () =>
      new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({})),
    'Step Functions ListStateMachines': () => new SFNClient(config).send(new ListStateMachinesCommand({})),
    'IAM GetRole': () => iam.send(new GetRoleCommand({ RoleName })),
    'IAM PutRolePolicy': () =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'mine', PolicyDocument: '{}' })),
    'IAM CreateAccessKey': () => iam.send(new CreateAccessKeyCommand({})),
    'STS GetSessionToken': () => new STSClient(config).send(new GetSessionTokenCommand({})),
  };
  return Object.entries(calls).map(([name, call]) =>
    attempt(`${tenant.tenantId}'s ${who}: ${name}`, tenant.tenantId, 'IAM', call),
  );
}

/** From a tenant's session to another: with the victim's tag, without a tag, to the roles around it. */
function chains(field: Field, tenant: TenantField): Attempt[] {
  const config = settings(field, tenant, 'admin');
  const { deployment, tenantId } = tenant;
  const provisioning = deployment.stack.outputs.ProvisioningRoleArn ?? '';
  const tagged = (value: string) => ['TenantId', 'Role', 'Tier'].map((Key) => ({ Key, Value: value }));
  const assume =
    (RoleArn: string, Tags: { Key: string; Value: string }[] | undefined, region = config.region) =>
    () =>
      new STSClient({ ...config, region }).send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: 'mine', ...(Tags ? { Tags } : {}) }),
      );
  return [
    ...strangersTo(field, tenant).flatMap((victim) => [
      attempt(
        `${tenantId}: AssumeRole of the tenant role tagged ${victim.tenantId}`,
        tenantId,
        'STS',
        assume(deployment.tenantRole, tagged(victim.tenantId)),
      ),
      attempt(
        `${tenantId}: AssumeRole of ${victim.tenantId}'s tenant role`,
        tenantId,
        'STS',
        assume(victim.deployment.tenantRole, tagged(victim.tenantId)),
      ),
    ]),
    attempt(
      `${tenantId}: AssumeRole of the tenant role untagged`,
      tenantId,
      'STS',
      assume(deployment.tenantRole, undefined),
    ),
    attempt(
      `${tenantId}: AssumeRole of the tenant role in another region`,
      tenantId,
      'STS',
      assume(deployment.tenantRole, tagged(tenantId), 'ap-south-1'),
    ),
    attempt(
      `${tenantId}: AssumeRole of the provisioning role`,
      tenantId,
      'STS',
      assume(provisioning, undefined),
    ),
    attempt(
      `${tenantId}: AssumeRole of the authorizer's role`,
      tenantId,
      'STS',
      assume(deployment.authorizerRole, undefined),
    ),
  ];
}

function attempt(name: string, tenantId: string, place: Place, call: () => Promise<unknown>): Attempt {
  return { kind: KIND, name, expected: 'refused', tenantId, run: () => sdkAnswer(place, call()) };
}
