import * as z from 'zod';

/** An alarm of a deployment, as CloudWatch has it. */
export const alarmSchema = z.object({
  name: z.string(),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
});
export type AlarmObservation = z.output<typeof alarmSchema>;

/** A request of the canary that did not go as it must. */
export const canaryFailureSchema = z.object({
  /** `signIn`, or an operation of the route table. */
  operation: z.string(),
  /** What came in place of what had to: a status, or why there was none. Holds no token and no body. */
  reason: z.string(),
});
export type CanaryFailure = z.output<typeof canaryFailureSchema>;

/** What the canary of a deployment did since it was last asked. */
export const canaryReportSchema = z.object({
  requests: z.number().int().min(0),
  failed: z.number().int().min(0),
  /** The first few of them. */
  failures: z.array(canaryFailureSchema),
  /** The slowest answer, in milliseconds. */
  slowest: z.number().min(0),
});
export type CanaryReport = z.output<typeof canaryReportSchema>;

/** One deployment of a wave, looked at once. */
export interface DeploymentObservation {
  readonly deploymentId: string;
  /** Those that are not OK. @default it could not be seen */
  readonly alarms?: readonly AlarmObservation[];
  /** @default it was not asked this time */
  readonly canary?: CanaryReport;
  /** Requests that its API has counted since the wave's watch began, the canary's among them. @default not known */
  readonly counted?: number;
  /** Why the deployment could not be looked at. @default it was */
  readonly unwatched?: string;
}
