import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { cognitoAccounts, dynamoUserRows, OPERATORS, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { operatorService } from './operator-service';

const environment = parseEnvironment(
  z.object({ CONTROL_TABLE_NAME: z.string().min(3), USER_POOL_ID: z.string().min(3) }),
);

// Every call ends within the function's time, and that within a change's lease.
const requestHandler = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler }));

export const handler = operatorService({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  rows: dynamoUserRows(documents, environment.CONTROL_TABLE_NAME, OPERATORS),
  accounts: cognitoAccounts(new CognitoIdentityProviderClient({ requestHandler }), environment.USER_POOL_ID),
  now: () => new Date(),
});
