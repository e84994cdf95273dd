import { type Caller, type Decision, floor, foreign, own, TableName } from './decision';

const ROOT = '333333333333';
const request = ['GetItem', { TableName, Key: own }] as const;
const key = (accessKeyId: string, secretAccessKey: string): Caller => ({
  type: 'key',
  accessKeyId,
  secretAccessKey,
});

const refused = (
  name: string,
  caller: Caller,
  verdict: string,
  reason: string,
  tampering?: Decision['tampering'],
): Decision => ({
  case: name,
  caller,
  request,
  verdict,
  reason,
  ...(tampering ? { tampering } : {}),
});

const header = (name: string, value?: string) =>
  ({ type: 'header', name, ...(value === undefined ? {} : { value }) }) as const;

/** Who is not who it says, whatever the policies say. */
export const REQUEST_DECISIONS: readonly Decision[] = [
  refused(
    'uses a session that has ended',
    { type: 'session', policy: 'floor', expired: true },
    'ExpiredTokenException',
    'a session ends',
  ),
  refused(
    'leaves the session token out',
    floor,
    'UnrecognizedClientException',
    'a session is key and token',
    header('x-amz-security-token'),
  ),
  refused(
    'alters the session token',
    floor,
    'UnrecognizedClientException',
    'the token is signed and checked',
    header('x-amz-security-token', 'altered'),
  ),
  refused('replays a signature with another body', floor, 'InvalidSignatureException', 'the body is signed', {
    type: 'replayed-body',
    text: JSON.stringify({ TableName, Key: foreign }),
  }),
  refused(
    'replays a signature for another operation',
    floor,
    'InvalidSignatureException',
    'the operation is signed',
    header('x-amz-target', 'DynamoDB_20120810.Scan'),
  ),
  refused(
    'replays an old signature',
    floor,
    'InvalidSignatureException',
    'the date is signed',
    header('x-amz-date', '20200101T000000Z'),
  ),
  refused(
    'signs nothing',
    floor,
    'MissingAuthenticationTokenException',
    'a request must be signed',
    header('authorization'),
  ),
  refused(
    'uses the root key without the secret',
    key(ROOT, 'guess'),
    'InvalidSignatureException',
    'root has a secret too',
  ),
  refused(
    'uses the root key of another account without the secret',
    key('222222222222', 'test'),
    'InvalidSignatureException',
    'root has a secret too',
  ),
  refused(
    'uses an unknown key',
    key('AKIAABCDEFGHIJKLMNOP', 'guess'),
    'UnrecognizedClientException',
    'an unknown key is nobody',
  ),
  refused(
    "uses the emulator's usual key",
    key('test', 'test'),
    'UnrecognizedClientException',
    'an unknown key is nobody',
  ),
];
