import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import { openControlTable } from '../control-table/open-control-table';
import { billingEnvironmentSchema } from './billing-environment';
import { runBilling } from './billing-run';
import { billingOpener } from './open-billing';

const environment = parseEnvironment(billingEnvironmentSchema);
const telemetry = createTelemetry('billing-run');
const { logger } = telemetry;
const table = openControlTable(environment.CONTROL_TABLE_NAME);
const now = () => new Date();
const billing = billingOpener({
  table,
  now,
  plans: environment.PLANS,
  parameter: environment.BILLING_PARAMETER,
});

/** What is left to write down what was done, in milliseconds. */
const SPARE = 20_000;

/** Called by the clock. Environment: CONTROL_TABLE_NAME, PLANS, BILLING_PARAMETER. */
export const handler = observed(telemetry, async (_event: unknown, context): Promise<void> => {
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis() - SPARE);
  const report = (message: string, error: Error) => logger.error(message, { error });
  await runBilling({ table, provider: await billing(), now, deadline, report });
});
