import type { PolicyName } from './policies';

/** A tampering with the request after it was built, by an attacker who writes HTTP by hand. */
export type Tampering =
  /** Replaces the body before it is signed: what no SDK would serialise. */
  | { readonly type: 'body'; readonly text: string }
  /** Replaces the body after it was signed: a replayed signature. */
  | { readonly type: 'replayed-body'; readonly text: string }
  /** Changes a header after the signature, or removes it (undefined). */
  | { readonly type: 'header'; readonly name: string; readonly value?: string };

/** What asks: a session of a role, or something that pretends to be one. */
export type Caller =
  | {
      readonly type: 'session';
      readonly policy: PolicyName;
      /** Session tags. @default the tenant a */
      readonly tags?: Readonly<Record<string, string>>;
      /** Inline session policy. @default none */
      readonly session?: PolicyName;
      /** Ends at once. @default false */
      readonly expired?: boolean;
      /** @default eu-west-1, where the table is */
      readonly region?: string;
    }
  | { readonly type: 'key'; readonly accessKeyId: string; readonly secretAccessKey: string };

/** One request to the engine and its verdict. Data, with nothing to run. */
export interface Decision {
  readonly case: string;
  readonly caller: Caller;
  /** Name of the SDK's command without `Command`, and its input. `{userid}` becomes the caller's user id. */
  readonly request: readonly [operation: string, input: object];
  readonly tampering?: Tampering;
  /** `allow`: the call succeeds. `deny`: AccessDeniedException. Another word: the error of that name. */
  readonly verdict: 'allow' | 'deny' | (string & {});
  /** The rule of IAM or of DynamoDB that decides. */
  readonly reason: string;
  /** Whether the answer holds other tenants' rows: a policy that people write and should not. @default false */
  readonly leaks?: boolean;
}

export const floor: Caller = { type: 'session', policy: 'floor' };

const text = (value: string) => ({ S: value });

/** The key of a tenant's row, or of a row in a partition of any name. */
export const key = (partition: string, sort = 'row') => ({ pk: text(partition), sk: text(sort) });
export const own = key('TENANT#a#0');
export const foreign = key('TENANT#b#0');
export const TableName = 'rows';

/** A query's input: a condition, its values, and what else it holds. */
export const query = (condition: string, values: Readonly<Record<string, string>>, more: object = {}) => ({
  TableName,
  KeyConditionExpression: condition,
  ExpressionAttributeValues: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, text(value)]),
  ),
  ...more,
});
