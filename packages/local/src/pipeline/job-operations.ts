import * as z from 'zod';
import type { JobResult, Jobs } from './jobs';
import { PipelineCallError, type PipelineOperation } from './pipeline-calls';

const success = z.object({
  jobId: z.string(),
  outputVariables: z.record(z.string(), z.string()).default({}),
});
const failure = z.object({ jobId: z.string(), failureDetails: z.object({ message: z.string() }) });

/** PutJobSuccessResult and PutJobFailureResult. */
export function jobOperations(jobs: Jobs): Readonly<Record<string, PipelineOperation>> {
  const settle = (id: string, result: JobResult) => {
    if (!jobs.settle(id, result)) throw new PipelineCallError('JobNotFoundException', `no job ${id} waits`);
    return {};
  };
  return {
    PutJobSuccessResult: ({ input }) => {
      const { jobId, outputVariables } = success.parse(input);
      return settle(jobId, { succeeded: true, variables: outputVariables });
    },
    PutJobFailureResult: ({ input }) => {
      const { jobId, failureDetails } = failure.parse(input);
      return settle(jobId, { succeeded: false, reason: failureDetails.message });
    },
  };
}
