import * as z from 'zod';
import { canaryFailureSchema } from './observation';

/** What a wave's watch has seen of one deployment so far. */
const deploymentWatchSchema = z.object({
  requests: z.number().int().min(0),
  failed: z.number().int().min(0),
  /** As the API counted last. */
  counted: z.number().int().min(0),
  /** The last failures of the canary. */
  failures: z.array(canaryFailureSchema),
  /** Looks in a row that could not be taken, and why. */
  missed: z.number().int().min(0),
  missedFor: z.string().optional(),
  /** Alarms that are red now, and those without data. */
  red: z.array(z.string()),
  silent: z.array(z.string()),
});
export type DeploymentWatch = z.output<typeof deploymentWatchSchema>;

/** What a wave's watch has seen so far, by deployment. */
export const watchSchema = z.record(z.string(), deploymentWatchSchema);
export type Watch = Readonly<z.output<typeof watchSchema>>;

export const UNSEEN: DeploymentWatch = {
  requests: 0,
  failed: 0,
  counted: 0,
  failures: [],
  missed: 0,
  red: [],
  silent: [],
};
