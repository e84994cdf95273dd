import type { DeploymentRegistration } from '@granary/api';
import type { RecordRequest } from '../version/record-version';
import { type Patience, patiently } from './patience';
import type { RegistrationDependencies } from './registration';
import type { RecorderSettings } from './registration-settings';
import { RegistrationError } from './step-error';

const CALL: Patience = { limit: 60_000, pause: 1_000, longest: 10_000 };

/**
 * Has the recorder write down which version a deployment runs from now on.
 * @param deployedAt the time that the record carries; the same for each try
 * @throws RegistrationError with the recorder's reason
 */
export async function recordDeployment(
  { deploymentId, kind, account, region, wave, release, tenant }: DeploymentRegistration,
  { stackName, runId }: RecorderSettings,
  { invoke, clock, print }: RegistrationDependencies,
  deployedAt: string = new Date().toISOString(),
): Promise<void> {
  const request: RecordRequest = {
    ...{ deploymentId, kind, account, region, wave, release, stackName, runId, deployedAt },
    ...(tenant ? { tenant } : {}),
    mode: 'pipeline',
    result: 'succeeded',
  };
  const outcome = await patiently(
    async () => {
      const answer = await invoke(request);
      return answer.ok
        ? { done: true, value: undefined }
        : { done: false, reason: `${answer.errorType}: ${answer.message}` };
    },
    CALL,
    clock,
  );
  if (!outcome.done) throw new RegistrationError(`the version is not recorded: ${outcome.reason}`);
  print(`recorded release ${release} of "${deploymentId}"`);
}
