import { MANIFEST } from '../rehearsal/rehearsal-manifest';
import { memorySource } from './memory-source';
import { requestTenant } from './request-tenant';

const ACME = { id: 'acme', name: 'Acme', tier: 'platinum', cell: 'us-1', adminEmail: 'a@acme.example' };

/** A repository, and an operation that asks in one run or another. */
function open(way: 'commit' | 'pull-request') {
  const { source, repository } = memorySource(MANIFEST);
  const ask = (run: number) => requestTenant(source, way, ACME, { operationId: 'op', run });
  return { repository, ask, commits: () => repository.log().length };
}

test('a pull request that waits is found by each later run, and proposed once', async () => {
  const { repository, ask } = open('pull-request');
  const first = await ask(1);
  expect([await ask(2), await ask(3)]).toEqual([first, first]);
  expect(repository.open).toEqual([first.id]);
});

test('one that people turned down is proposed anew by the next run, and not by the same', async () => {
  const { repository, ask } = open('pull-request');
  const { id } = await ask(1);
  repository.decide(id, 'close');
  expect((await ask(1)).id).toBe(id);
  expect(repository.open).toEqual([]);
  const again = await ask(2);
  expect(repository.open).toEqual([again.id]);
});

test('what was merged is there: nothing more is proposed', async () => {
  const { repository, ask } = open('pull-request');
  repository.decide((await ask(1)).id, 'merge');
  expect(await ask(2)).toMatchObject({ kind: 'commit' });
  expect(repository.open).toEqual([]);
});

test('a commit that people took back is made again by the next run, and one that stays is not', async () => {
  const { repository, ask, commits } = open('commit');
  const before = repository.log()[0]?.text ?? '';
  await ask(1);
  await ask(2);
  expect(commits()).toBe(2);
  repository.push(before, 'Take it back');
  await ask(3);
  expect(repository.log().at(-1)?.text).toContain('acme');
});
