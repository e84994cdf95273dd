import type { Telemetry } from '@granary/auth';
import { applyQuota } from '../quota/apply-quota';
import { quotaRequestSchema } from '../quota/quota-request';
import { awaitStep } from './await-step';
import { failStep } from './fail-step';
import type { Callbacks } from './resume-wait';
import { PermanentStepError } from './step-error';
import { type StepAnswer, type StepRequest, stepRequestSchema } from './step-request';
import { takeStep } from './take-step';
import { endUndoing, undoStep } from './undo-step';
import type { WorkflowDependencies } from './workflow';

export interface WorkflowServiceOptions extends WorkflowDependencies {
  readonly callbacks: Callbacks;
  readonly logger: Telemetry['logger'];
}

/**
 * The function behind the tasks of every workflow's state machine, and behind the quota function: all that reaches
 * into deployments.
 * @throws TransientStepError to be retried, PermanentStepError to give up
 */
export function workflowService({
  logger,
  ...dependencies
}: WorkflowServiceOptions): (payload: unknown) => Promise<StepAnswer | undefined> {
  return async (payload) => {
    const quota = quotaRequestSchema.safeParse(payload);
    if (quota.success) return enforceQuota(quota.data.applyQuota, logger, dependencies);
    const parsed = stepRequestSchema.safeParse(payload);
    if (!parsed.success) {
      logger.error('task refused: its payload is wrong', {
        faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      });
      throw new PermanentStepError('unexpected');
    }
    const { action, operationId, run } = parsed.data;
    const about = { action, operationId, run, ...('step' in parsed.data ? { step: parsed.data.step } : {}) };
    try {
      const answer = await answerTo(parsed.data, dependencies);
      logger.info('workflow task done', about);
      return answer;
    } catch (error) {
      // The cause says what AWS answered; it goes no further than this log.
      logger.error('workflow task failed', { ...about, error: error as Error });
      throw error;
    }
  };
}

function answerTo(
  request: StepRequest,
  dependencies: WorkflowDependencies & { readonly callbacks: Callbacks },
): Promise<StepAnswer> {
  switch (request.action) {
    case 'do':
      return takeStep(request, dependencies);
    case 'wait':
      return awaitStep(request, dependencies);
    case 'fail':
      return failStep(request, dependencies);
    case 'undo':
      return undoStep(request, dependencies);
    case 'end':
      return endUndoing(request, dependencies);
  }
}

async function enforceQuota(
  tenantId: string,
  logger: Telemetry['logger'],
  dependencies: WorkflowDependencies,
): Promise<undefined> {
  try {
    await applyQuota(tenantId, dependencies);
    logger.info('limits applied', { tenantId });
  } catch (error) {
    logger.error('limits not applied', { tenantId, error: error as Error });
    throw error;
  }
}
