import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { USER_ROUTES } from '@granary/api';
import {
  applicationHandler,
  cognitoAccounts,
  dynamoUserRows,
  parseEnvironment,
  tenantPerson,
  userPartition,
} from '@granary/auth';
import * as z from 'zod';
import { userOperations } from './operations';

const environment = parseEnvironment(
  z.object({
    USER_TABLE_NAME: z.string().min(3),
    USER_POOL_ID: z.string().min(3),
    /** `foreign`: another issuer signs the people in. */
    USERS: z.enum(['own', 'foreign']),
  }),
);

// Every call ends within the function's time, and that within a change's lease.
const requestHandler = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler }));
const pool = new CognitoIdentityProviderClient({ requestHandler });

const NONE = { accessKeyId: '', secretAccessKey: '', sessionToken: '', expiresAt: new Date(0) };

/** The user function. Environment: USER_TABLE_NAME, USER_POOL_ID, USERS. */
export const handler = applicationHandler({
  service: 'user',
  routes: USER_ROUTES,
  // A tenant's session never reaches the directory: people would count themselves. The function's own role does.
  vending: ({ requestContext }) => ({
    principal: tenantPerson(requestContext?.authorizer),
    credentials: async () => NONE,
  }),
  documents: () => undefined as never,
  operations: userOperations({
    rowsOf: (tenantId) => dynamoUserRows(documents, environment.USER_TABLE_NAME, userPartition(tenantId)),
    accounts: environment.USERS === 'own' ? cognitoAccounts(pool, environment.USER_POOL_ID) : null,
    now: () => new Date(),
  }),
});
