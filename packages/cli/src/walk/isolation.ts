import type { Deployment } from '@granary/api';
import { ApiError, type ApplicationClient } from '@granary/client';
import { WalkError } from '../cli-error';
import { apiIdOf } from './reachable-url';
import { onlyResource, type Stacks } from './stacks';
import type { Answer, Reach, RowKey, Rows, TablePlace } from './tenant-rows';
import type { AskAuthorizer } from './tenant-session';

/** One attempt and what came of it. */
export interface Attempt {
  /** What was tried: `read juniper's product`. */
  readonly what: string;
  /** `GetItem`, or a call of the API. */
  readonly action: string;
  readonly expected: 'allowed' | 'refused';
  /** What came back, in one or two words. */
  readonly answer: string;
  readonly ok: boolean;
}

/** One tenant reaching for a neighbour's rows with its own credentials. */
export interface IsolationReport {
  readonly tenantId: string;
  readonly neighbourId: string;
  /** The deployment that both share. */
  readonly deploymentId: string;
  readonly tableName: string;
  readonly attempts: readonly Attempt[];
}

/** A tenant of the pool, signed in, with a product of its own. */
export interface Neighbour {
  readonly tenantId: string;
  readonly token: string;
  readonly productId: string;
  readonly api: ApplicationClient;
}

export interface IsolationOptions {
  readonly stacks: Stacks;
  readonly rows: Rows;
  readonly askAuthorizer: AskAuthorizer;
  /** The pool that serves both. */
  readonly deployment: Deployment;
  readonly stackName: string;
  readonly tenant: Neighbour;
  readonly neighbour: Neighbour;
}

/**
 * Lets `tenant` reach for the rows of `neighbour`, with the credentials that its own requests run with, and for its
 * own rows as the control. What came back is reported as it was.
 *
 * @throws WalkError when the attempt cannot be made: no credentials, or a row that is not there
 */
export async function tryNeighbour(options: IsolationOptions): Promise<IsolationReport> {
  const { deployment, stackName, tenant, neighbour, stacks, rows } = options;
  const { account, region, deploymentId } = deployment;
  const resources = await stacks.resources({ account, region, stackName });
  const tableName = onlyResource(resources, 'AWS::DynamoDB::Table', 'TablesProduct', stackName);
  const functionName = onlyResource(resources, 'AWS::Lambda::Function', 'Authorizer', stackName);
  const place: TablePlace = { account, region, tableName };
  const session = await options.askAuthorizer({
    account,
    region,
    functionName,
    apiId: apiIdOf(deployment.apiUrl) ?? '',
    token: tenant.token,
  });
  if (session.tenantId !== tenant.tenantId)
    throw new WalkError(`the authorizer took "${tenant.tenantId}" for "${session.tenantId}"`);
  const own = await rowOf(rows, place, tenant);
  const foreign = await rowOf(rows, place, neighbour);
  const attempts: Attempt[] = [];
  for (const { what, expected, reach } of attemptsOf(own, foreign, neighbour.tenantId))
    attempts.push(judge(what, expected, reach, await rows.reach(place, session.credentials, reach)));
  attempts.push(await askApi(tenant.api, neighbour));
  return {
    tenantId: tenant.tenantId,
    neighbourId: neighbour.tenantId,
    deploymentId,
    tableName,
    attempts,
  };
}

async function rowOf(rows: Rows, place: TablePlace, owner: Neighbour): Promise<RowKey> {
  const key = await rows.find(place, owner.tenantId, owner.productId);
  if (key) return key;
  throw new WalkError(`table "${place.tableName}" holds no row of product ${owner.productId}`);
}

interface Planned {
  readonly what: string;
  readonly expected: Attempt['expected'];
  readonly reach: Reach;
}

function attemptsOf(own: RowKey, foreign: RowKey, neighbour: string): readonly Planned[] {
  return [
    { what: 'read a product of its own', expected: 'allowed', reach: { action: 'GetItem', key: own } },
    { what: 'query its own partition', expected: 'allowed', reach: { action: 'Query', partition: own.pk } },
    { what: `read ${neighbour}'s product`, expected: 'refused', reach: { action: 'GetItem', key: foreign } },
    {
      what: `query ${neighbour}'s partition`,
      expected: 'refused',
      reach: { action: 'Query', partition: foreign.pk },
    },
    {
      what: `write into ${neighbour}'s partition`,
      expected: 'refused',
      reach: { action: 'PutItem', key: foreign },
    },
    { what: 'scan the table', expected: 'refused', reach: { action: 'Scan' } },
  ];
}

/** Refused means by access control: any other error proves nothing. */
function judge(what: string, expected: Attempt['expected'], { action }: Reach, answer: Answer): Attempt {
  const text =
    answer.type === 'refused' ? answer.error : `${answer.count} row${answer.count === 1 ? '' : 's'}`;
  const ok =
    expected === 'refused'
      ? answer.type === 'refused' && answer.error === 'AccessDeniedException'
      : answer.type === 'items' && answer.count > 0;
  return { what, action, expected, answer: text, ok };
}

/** Through the API, a neighbour's product is not there. */
async function askApi(api: ApplicationClient, neighbour: Neighbour): Promise<Attempt> {
  const { tenantId, productId } = neighbour;
  const attempt = {
    what: `ask the API for ${tenantId}'s product`,
    action: 'getProduct',
    expected: 'refused',
  } as const;
  try {
    await api.getProduct({ params: { productId } });
    return { ...attempt, answer: '1 row', ok: false };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...attempt, answer: String(error.status || error.message), ok: error.status === 404 };
  }
}
