import type { EngineClientConfig } from '../engine-client';
import { deployStack, inlineFunction, lambdaRole } from './stack-under-test';

/** Tags by the user's own attributes, as the platform's trigger; fails for a user without a tenant. */
const TRIGGER = `exports.handler = async (event) => {
  const { 'custom:tenantId': tenant } = event.request.userAttributes;
  if (!tenant) throw new Error('no tenant');
  const tags = { principal_tags: { TenantId: [tenant] }, transitive_tag_keys: ['TenantId'] };
  const idTokenGeneration = { claimsToAddOrOverride: { 'https://aws.amazon.com/tags': tags } };
  return { ...event, response: { claimsAndScopeOverrideDetails: { idTokenGeneration } } };
};`;

const pool = (lambda?: object) => ({
  Type: 'AWS::Cognito::UserPool',
  Properties: {
    Schema: [{ Name: 'tenantId', AttributeDataType: 'String', Mutable: false }],
    ...(lambda ? { LambdaConfig: lambda } : {}),
  },
});
const client = (userPool: string) => ({
  Type: 'AWS::Cognito::UserPoolClient',
  Properties: { UserPoolId: { Ref: userPool }, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] },
});
/** The document as text, as the tenant stack writes it: its key holds the issuer. */
const trust = (issuer: string, userPool: string, clientId: string) => ({
  'Fn::Join': [
    '',
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"',
      { 'Fn::GetAtt': [issuer, 'Arn'] },
      '"},"Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession"],"Condition":{"StringEquals":{"',
      { 'Fn::GetAtt': [userPool, 'ProviderName'] },
      ':aud":"',
      { Ref: clientId },
      '"},"StringLike":{"aws:RequestTag/TenantId":"?*"}}}]}',
    ],
  ],
});

/**
 * Two user pools, one with a trigger that tags, each with a provider of its tokens, and roles that trust them. The
 * role `Tenant` reaches the rows of a table that belong to the tenant in its tag.
 * @returns what the templates' references are: by logical id, and `<id>Arn` of the roles
 */
export function deployTokenStack(config: EngineClientConfig): Promise<Record<string, string>> {
  return deployStack(config, 'tenants', {
    Resources: {
      Role: lambdaRole,
      Trigger: inlineFunction(TRIGGER),
      Pool: pool({
        PreTokenGenerationConfig: { LambdaArn: { 'Fn::GetAtt': ['Trigger', 'Arn'] }, LambdaVersion: 'V2_0' },
      }),
      Client: client('Pool'),
      OtherClient: client('Pool'),
      Untagged: pool(),
      UntaggedClient: client('Untagged'),
      Issuer: {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: {
          Url: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Pool', 'ProviderName'] }]] },
          ClientIdList: [{ Ref: 'Client' }],
        },
      },
      UntaggedIssuer: {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: {
          Url: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Untagged', 'ProviderName'] }]] },
          ClientIdList: [{ Ref: 'UntaggedClient' }],
        },
      },
      Rows: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        },
      },
      UntaggedTenant: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: trust('UntaggedIssuer', 'Untagged', 'UntaggedClient') },
      },
      Tenant: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust('Issuer', 'Pool', 'Client'),
          Policies: [
            {
              PolicyName: 'rows',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
                    Resource: { 'Fn::GetAtt': ['Rows', 'Arn'] },
                    Condition: {
                      'ForAllValues:StringLike': {
                        'dynamodb:LeadingKeys': ['TENANT#$' + '{aws:PrincipalTag/TenantId}#*'],
                      },
                      Null: { 'dynamodb:LeadingKeys': 'false' },
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
    Outputs: Object.fromEntries(
      ['Pool', 'Client', 'OtherClient', 'Untagged', 'UntaggedClient', 'Issuer', 'Rows']
        .map((id) => [id, { Ref: id }] as const)
        .concat(
          ['Tenant', 'UntaggedTenant'].map((id) => [`${id}Arn`, { 'Fn::GetAtt': [id, 'Arn'] } as never]),
        ),
    ),
  });
}
