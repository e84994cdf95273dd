import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ConflictProblem } from '@granary/api';
import {
  cognitoAccounts,
  dynamoUserRows,
  type UserAccounts,
  type UserRows,
  userPartition,
} from '@granary/auth';
import type { DeploymentRecord } from '../deployment/deployment-record';
import { roleSession } from '../deployment-access/role-session';

/** The users of a deployment's tenants. */
export interface DeploymentUsers {
  rowsOf(tenantId: string): UserRows;
  readonly accounts: UserAccounts;
}

/** @throws ConflictProblem for a deployment whose release is too old to manage users */
export type OpenUsers = (deployment: DeploymentRecord) => DeploymentUsers;

/** Deployments whose clients are kept at the same time. */
const KEPT = 64;

// Every call ends within the function's time, and that within a change's lease.
const requestHandler = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };

/** Opens deployments by their users roles; clients and sessions are kept from one request to the next. */
export function usersOpener(sts: STSClient, sessionName: string): OpenUsers {
  const opened = new Map<string, DeploymentUsers>();
  return ({ deploymentId, users, region, userPoolId }) => {
    if (!users) throw new ConflictProblem(`"${deploymentId}" cannot manage users yet: release it again`);
    const { roleArn, tableName } = users;
    const home = [roleArn, region, userPoolId, tableName].join('\n');
    const known = opened.get(home);
    if (known) return known;
    const settings = { region, requestHandler, credentials: roleSession({ sts, roleArn, sessionName }) };
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
    const access: DeploymentUsers = {
      rowsOf: (tenantId) => dynamoUserRows(documents, tableName, userPartition(tenantId)),
      accounts: cognitoAccounts(new CognitoIdentityProviderClient(settings), userPoolId),
    };
    // A map keeps the order of insertion: the first is the oldest.
    if (opened.size >= KEPT) opened.delete([...opened.keys()][0] as string);
    opened.set(home, access);
    return access;
  };
}
