import { ContentionProblem } from '@granary/api';
import { retryContended } from '@granary/auth';
import { WriteRefusedError } from './control-table';

/**
 * Reads, decides and writes; all of it again when somebody wrote in between, so that what they did is seen.
 * @param subject what is written, for people
 * @throws ContentionProblem when others kept writing, and what the attempt throws
 */
export async function retryRefused<Result>(subject: string, attempt: () => Promise<Result>): Promise<Result> {
  const refused = (error: unknown) => error instanceof WriteRefusedError;
  try {
    return await retryContended(attempt, { met: refused });
  } catch (cause) {
    if (!refused(cause)) throw cause;
    throw new ContentionProblem(`${subject} is being changed by others; send the request again`, { cause });
  }
}
