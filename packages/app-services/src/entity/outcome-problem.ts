import { NotFoundProblem, VersionMismatchProblem } from '@granary/api';
import type { Missing, Stale } from './entity-table';

/** The answer to a read of what is not there. */
export function notFound(noun: string, id: string): NotFoundProblem {
  return new NotFoundProblem(`there is no ${noun} ${id}; list the ${noun}s to see which there are`);
}

/** The answer to a write that changed nothing. */
export function refused(
  noun: string,
  id: string,
  version: number,
  outcome: Stale | Missing,
): NotFoundProblem | VersionMismatchProblem {
  return outcome.kind === 'missing'
    ? notFound(noun, id)
    : new VersionMismatchProblem(
        `${noun} ${id} is at version ${outcome.version}, not ${version}; read it again and repeat the change`,
      );
}
