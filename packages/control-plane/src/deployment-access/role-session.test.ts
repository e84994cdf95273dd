import type { STSClient } from '@aws-sdk/client-sts';
import { roleSession } from './role-session';

const HOUR = 3_600_000;

function stsAt(start: number) {
  const clock = { now: start };
  const asked: unknown[] = [];
  const state: { failure?: Error } = {};
  const send = async (command: { input: unknown }) => {
    asked.push(command.input);
    if (state.failure) throw state.failure;
    return {
      Credentials: {
        AccessKeyId: `key${asked.length}`,
        SecretAccessKey: 'secret',
        SessionToken: 'token',
        Expiration: new Date(clock.now + HOUR),
      },
    };
  };
  const session = roleSession({
    sts: { send } as unknown as STSClient,
    roleArn: 'arn:aws:iam::333333333333:role/granary-acme-provisioning',
    sessionName: 'granary-onboarding',
    now: () => clock.now,
  });
  return { clock, asked, state, session };
}

test('all who ask at once share one session', async () => {
  const { session, asked } = stsAt(0);
  const all = await Promise.all([session(), session(), session()]);
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['key1']));
  expect(asked).toEqual([
    {
      RoleArn: 'arn:aws:iam::333333333333:role/granary-acme-provisioning',
      RoleSessionName: 'granary-onboarding',
      DurationSeconds: 3600,
    },
  ]);
});

test('a session is kept until five minutes before its end', async () => {
  const { session, clock, asked } = stsAt(0);
  await session();
  clock.now = HOUR - 5 * 60_000 - 1;
  expect((await session()).accessKeyId).toBe('key1');
  clock.now = HOUR - 5 * 60_000;
  expect((await session()).accessKeyId).toBe('key2');
  expect(asked).toHaveLength(2);
});

test('a refusal is not kept', async () => {
  const { session, state } = stsAt(0);
  state.failure = new Error('not yet');
  await expect(session()).rejects.toBe(state.failure);
  delete state.failure;
  expect((await session()).accessKeyId).toBe('key2');
});
