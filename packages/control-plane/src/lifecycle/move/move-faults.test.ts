import type { Story } from '../../rehearsal/fault-walk';
import { MoveWorld, REQUEST, TO_POOL, TO_SILO } from '../../rehearsal/move-world';
import { withstandsFaults } from '../../rehearsal/withstands-faults';
import { cancelOperation, confirmOperation } from '../../workflow/change-operation';
import { readOperation } from '../../workflow/operation-record';
import { changeTier } from '../request-change';

jest.setTimeout(240_000);

/** A move makes hundreds of calls. No multiple of 7, so that every kind of fault comes about. */
const ONE_IN = 5;

const ENDED = ['succeeded', 'compensated', 'failed'];

/** All that there is of the tenant, wherever a move could have left it. */
async function everything(world: MoveWorld) {
  const items = world.stage.table.all();
  return {
    whole: await world.whole(),
    pool: await world.end('pool-us'),
    silo: await world.end('hooli'),
    waits: items.filter(({ pk }) => pk.startsWith('WAIT#')).length,
    freezes: items.filter(({ pk }) => pk.startsWith('FREEZE#')).length,
    unended: items.filter(({ sk, status }) => sk === 'OPERATION' && !ENDED.includes(String(status))).length,
    manifest: world.manifest(),
    // Whether a letter was sent is not known when its call is cut off: it is sent again.
    mails: [...new Set([...world.stage.deployment.mails, ...world.at('hooli').mails])],
    commits: world.stage.manifest.repository.log().length,
  };
}
type State = Awaited<ReturnType<typeof everything>>;

/**
 * What is as before when a move is taken back: letters and commits stay, so does the tombstone of a silo that was
 * asked for, and the directory at the source goes on listing the people whom it had not yet.
 */
const lastingFrom =
  (from: 'pool' | 'silo') =>
  ({ mails: _, commits: __, ...rest }: State) => ({
    ...rest,
    manifest: rest.manifest.filter(({ state }) => state !== 'offboarding'),
    [from]: { ...rest[from], listed: undefined, admins: undefined },
  });

/** A move from where the tenant is, confirmed once its source is kept; or taken back then. */
async function moving(from: 'pool' | 'silo', takenBack = false): Promise<Story> {
  const world = await new MoveWorld().open(from, ['a', 'b']);
  const { dependencies, stage } = world;
  if (from === 'silo') await world.addToManifest();
  return {
    stage,
    begin: async () =>
      (await changeTier(REQUEST, from === 'pool' ? TO_SILO : TO_POOL, dependencies)).operationId,
    answer: async (operationId) => {
      const steps = (await readOperation(stage.table, operationId))?.steps ?? [];
      const waits = steps.find(({ status }) => status === 'waiting')?.name;
      if (waits === 'request-deployment') await world.release();
      else if (takenBack) await cancelOperation(operationId, dependencies);
      else await confirmOperation(operationId, dependencies);
      return operationId;
    },
    read: () => everything(world),
  };
}

const STORIES = {
  'a move from a pool to a silo': { open: () => moving('pool'), lasting: lastingFrom('pool') },
  'a move from a silo to a pool': { open: () => moving('silo'), lasting: lastingFrom('silo') },
  'a move to a silo that is taken back behind the cut-over': {
    open: () => moving('pool', true),
    lasting: lastingFrom('pool'),
    ends: 'compensated',
  },
} as const;

describe.each(Object.entries(STORIES))('%s', (_, story) => {
  // Given up while its writes are frozen, it is undone at once.
  withstandsFaults({ ...story, long: true, oneIn: ONE_IN, undoneFrom: 'freeze' });
});
