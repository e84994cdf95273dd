import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';

/** Admits everyone: the least that an authorizer does. */
export const handler = async ({ methodArn }: APIGatewayTokenAuthorizerEvent) => ({
  principalId: 'anyone',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }],
  },
});
