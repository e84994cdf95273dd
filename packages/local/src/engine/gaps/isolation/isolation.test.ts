import * as dynamodb from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { EngineCredentials } from '../../engine-client';
import { type EngineUnderTest, engineForTests } from '../../engine-for-tests';
import { TenantTable } from '../tenant-table';
import { BATCH_DECISIONS } from './batch.decisions';
import type { Caller, Decision, Tampering } from './decision';
import { ITEM_DECISIONS } from './item.decisions';
import { POLICIES, type PolicyName } from './policies';
import { POLICY_DECISIONS } from './policy.decisions';
import { QUERY_DECISIONS } from './query.decisions';
import { REQUEST_DECISIONS } from './request.decisions';

jest.setTimeout(120_000);

const DECISIONS: readonly Decision[] = [
  ...ITEM_DECISIONS,
  ...QUERY_DECISIONS,
  ...BATCH_DECISIONS,
  ...POLICY_DECISIONS,
  ...REQUEST_DECISIONS,
];

let running: EngineUnderTest;
let table: TenantTable;
const roles = new Map<PolicyName, Promise<string>>();

beforeAll(async () => {
  running = await engineForTests();
  table = new TenantTable(running.engine);
  await table.create();
});

afterAll(() => running.close());

const policyNamed = (name: PolicyName) => POLICIES[name as keyof typeof POLICIES] as object;

async function credentialsOf(caller: Caller): Promise<EngineCredentials> {
  if (caller.type === 'key') return caller;
  const { policy, tags = { TenantId: 'a' }, session, expired = false } = caller;
  const role = roles.get(policy) ?? table.role(`role-${roles.size}`, policyNamed(policy));
  roles.set(policy, role);
  return table.session(await role, tags, session && policyNamed(session), expired ? -1 : 900);
}

/** Tampers where the SDK's own middleware stands: before the signature, or behind it. */
function tamperWith({ middlewareStack }: dynamodb.DynamoDBClient, tampering: Tampering): void {
  const alter = (request: { headers: Record<string, string>; body: unknown }) => {
    if (tampering.type === 'header') {
      const { [tampering.name]: _removed, ...others } = request.headers;
      request.headers =
        tampering.value === undefined ? others : { ...others, [tampering.name]: tampering.value };
      return;
    }
    request.body = tampering.text;
    request.headers['content-length'] = String(Buffer.byteLength(tampering.text));
  };
  const step = tampering.type === 'body' ? 'build' : 'deserialize';
  const middleware = (next: (args: never) => never) => (args: { request: unknown }) => {
    alter(args.request as never);
    return next(args as never);
  };
  middlewareStack.add(middleware as never, { step: step as 'build', name: 'tampering' });
}

async function filledIn(input: object, config: ReturnType<typeof configOf>): Promise<object> {
  const text = JSON.stringify(input).replaceAll('{arn}', TenantTable.arn);
  if (!text.includes('{userid}')) return JSON.parse(text);
  const { UserId = '' } = await new STSClient(config).send(new GetCallerIdentityCommand({}));
  return JSON.parse(text.replaceAll('{userid}', UserId));
}

const configOf = (caller: Caller, credentials: EngineCredentials) => ({
  endpoint: running.engine.endpoint,
  region: (caller.type === 'session' ? caller.region : undefined) ?? TenantTable.region,
  credentials,
  maxAttempts: 1,
});

/** What came of a request: its verdict in the table's words, and the answer. */
async function judged({ caller, request, tampering }: Decision): Promise<[verdict: string, answer: string]> {
  const config = configOf(caller, await credentialsOf(caller));
  const client = new dynamodb.DynamoDBClient(config);
  if (tampering) tamperWith(client, tampering);
  const [operation, input] = request;
  const Command = (dynamodb as never as Record<string, new (input: object) => dynamodb.GetItemCommand>)[
    `${operation}Command`
  ];
  if (!Command) throw new Error(`the SDK has no command ${operation}`);
  try {
    return ['allow', JSON.stringify(await client.send(new Command(await filledIn(input, config))))];
  } catch (error) {
    const { name } = error as Error;
    return [name === 'AccessDeniedException' ? 'deny' : name, JSON.stringify(error)];
  } finally {
    client.destroy();
  }
}

test('every decision has a name of its own', () => {
  expect(new Set(DECISIONS.map((decision) => decision.case)).size).toBe(DECISIONS.length);
});

test.each(DECISIONS.map((decision) => [decision.case, decision.verdict, decision.reason, decision] as const))(
  '%s: %s, because %s',
  async (_case, verdict, _reason, decision) => {
    const [found, answer] = await judged(decision);
    expect(found).toBe(verdict);
    expect(/TENANT#(b|a-b)#(0|index)/.test(answer)).toBe(decision.leaks ?? false);
  },
);
