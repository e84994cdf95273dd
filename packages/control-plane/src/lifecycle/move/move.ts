import type { FailureReason } from '../../workflow/failure-reason';
import type { Workflow } from '../../workflow/workflow';
import { type MoveInput, moveInputSchema } from './move-input';
import { copyRows } from './steps/copy-rows';
import { copyUsers } from './steps/copy-users';
import { cutOver } from './steps/cut-over';
import { finishCopy } from './steps/finish-copy';
import { freeze } from './steps/freeze';
import { invite } from './steps/invite';
import { keep } from './steps/keep';
import { place } from './steps/place';
import { provision } from './steps/provision';
import { purgeAccess } from './steps/purge-access';
import { purgeRows } from './steps/purge-rows';
import { purgeUsers } from './steps/purge-users';
import { requestDeployment } from './steps/request-deployment';
import { retire } from './steps/retire';
import { validate } from './steps/validate';

/** Reasons that no retry cures. */
const HOPELESS: ReadonlySet<FailureReason> = new Set(['email-taken', 'no-capacity']);
/** While they last the tenant cannot write: it is not left so until somebody looks. */
const FROZEN: ReadonlySet<string> = new Set([freeze.name, finishCopy.name, cutOver.name]);

/** From a pool to a silo or back: the source stays whole until the target is confirmed. */
export const move: Workflow<MoveInput> = {
  kind: 'move',
  input: moveInputSchema,
  steps: [
    ...([validate, place, requestDeployment, provision, copyUsers, copyRows] as const),
    ...([freeze, finishCopy, cutOver, invite, keep] as const),
    ...([purgeRows, purgeUsers, purgeAccess, retire] as const),
  ],
  cancellable: true,
  finalAfter: keep.name,
  onFailure: (reason, step) => (FROZEN.has(step) || HOPELESS.has(reason) ? 'undo' : 'hold'),
};
