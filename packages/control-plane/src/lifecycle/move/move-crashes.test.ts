import fc from 'fast-check';
import type { CrashPoint } from '../../rehearsal/crash-schedule';
import {
  EMPTY,
  IN_SILO,
  inPool,
  MoveWorld,
  REQUEST,
  serving,
  TO_POOL,
  TO_SILO,
} from '../../rehearsal/move-world';
import { cancelOperation, confirmOperation, retryOperation } from '../../workflow/change-operation';
import { changeTier } from '../request-change';

const point = fc.record({
  call: fc.integer({ min: 1, max: 25 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});
/** Processes that die again and again, or one of them, however late. */
const crashes: fc.Arbitrary<readonly (CrashPoint | undefined)[]> = fc.oneof(
  fc.array(fc.option(point, { nil: undefined, freq: 3 }), { maxLength: 80 }),
  fc.tuple(fc.nat(60), point).map(([task, once]) => [...Array(task).fill(undefined), once]),
);

/** Runs, releases, confirms or cancels, and retries, until the move has ended; meanwhile the tenant goes on. */
async function drive(world: MoveWorld, operationId: string, cancelAt: number) {
  const { dependencies, machine, stage } = world;
  const alive = async (body: () => Promise<unknown>) => {
    await stage.crashes.run(undefined, body).catch(() => undefined);
  };
  const done: string[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    await machine.run(operationId);
    if (await world.live(`turn${turn}`)) done.push(`turn${turn}`);
    const status = await world.status(operationId);
    if (status === 'succeeded' || status === 'compensated')
      return { status, rows: done, people: done.map((name) => `${name}@hooli.example`) };
    if (world.manifest().some(({ state }) => state === undefined)) await alive(() => world.release());
    const change = turn >= cancelAt ? cancelOperation : confirmOperation;
    await alive(() => change(operationId, dependencies));
    if ((await world.status(operationId)) === 'failed')
      await alive(() => retryOperation(operationId, dependencies));
  }
  throw new Error(`the move is ${await world.status(operationId)}`);
}

test.each(['pool', 'silo'] as const)(
  'a move from a %s that dies anywhere ends there for good or, taken back, as it was; nothing written is lost',
  async (start) => {
    const order = start === 'pool' ? TO_SILO : TO_POOL;
    await fc.assert(
      fc.asyncProperty(crashes, fc.option(fc.nat(3)), async (points, cancelAt) => {
        const world = await new MoveWorld(points).open(start);
        if (start === 'silo') await world.addToManifest();
        const { operationId } = await changeTier(REQUEST, order, world.dependencies);
        const { status, ...added } = await drive(world, operationId, cancelAt ?? 99);
        const moved = status === 'succeeded';
        if (cancelAt === null && points.length === 0) expect(moved).toBe(true);
        const tier = moved ? order.tier : start === 'pool' ? 'basic' : 'platinum';
        const inSilo = tier === 'platinum';
        expect(await world.whole()).toEqual(inSilo ? IN_SILO : inPool(tier));
        expect(await world.end(inSilo ? 'hooli' : 'pool-us')).toMatchObject(
          serving(tier, { ...added, support: !moved }),
        );
        expect(await world.end(inSilo ? 'pool-us' : 'hooli')).toEqual(EMPTY);
      }),
      { numRuns: 100 },
    );
  },
  120_000,
);
