import type { CanaryReport, DeploymentObservation } from './observation';
import { type DeploymentWatch, UNSEEN, type Watch } from './watch';

/** Failures of the canary that are kept for each deployment. */
const KEPT_FAILURES = 3;

/** The watch after one more look at some of its deployments. Alarms are as they are now; requests add up. */
export function lookAgain(watch: Watch, observations: readonly DeploymentObservation[]): Watch {
  const looked: Record<string, DeploymentWatch> = { ...watch };
  for (const observation of observations)
    looked[observation.deploymentId] = seen(watch[observation.deploymentId] ?? UNSEEN, observation);
  return looked;
}

/**
 * Requests that the wave has answered while it was watched. An API counts the canary's requests too, but minutes
 * later: of both counts the larger one is taken.
 */
export function samplesOf(watch: Watch): number {
  return Object.values(watch).reduce((sum, { requests, counted }) => sum + Math.max(requests, counted), 0);
}

function seen(before: DeploymentWatch, observation: DeploymentObservation): DeploymentWatch {
  const { alarms, canary, counted, unwatched } = observation;
  const { missedFor: _, ...rest } = before;
  const requests = canary ? withReport(rest, canary) : rest;
  return {
    ...requests,
    counted: Math.max(before.counted, counted ?? 0),
    missed: unwatched === undefined ? 0 : before.missed + 1,
    ...(unwatched === undefined ? {} : { missedFor: unwatched }),
    red: alarms ? namesIn(alarms, 'ALARM') : before.red,
    silent: alarms ? namesIn(alarms, 'INSUFFICIENT_DATA') : before.silent,
  };
}

function withReport(before: DeploymentWatch, report: CanaryReport): DeploymentWatch {
  return {
    ...before,
    requests: before.requests + report.requests,
    failed: before.failed + report.failed,
    failures: [...before.failures, ...report.failures].slice(-KEPT_FAILURES),
  };
}

function namesIn(alarms: NonNullable<DeploymentObservation['alarms']>, state: string): string[] {
  return alarms.filter((alarm) => alarm.state === state).map(({ name }) => name);
}
