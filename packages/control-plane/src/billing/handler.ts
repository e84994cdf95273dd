import { parseEnvironment } from '@granary/auth';
import { openControlTable } from '../control-table/open-control-table';
import { billingEnvironmentSchema } from './billing-environment';
import { billingService } from './billing-service';
import { billingOpener } from './open-billing';

const environment = parseEnvironment(billingEnvironmentSchema);
const table = openControlTable(environment.CONTROL_TABLE_NAME);
const plans = environment.PLANS;
const now = () => new Date();

/** The billing function. Environment: CONTROL_TABLE_NAME, PLANS, BILLING_PARAMETER. */
export const handler = billingService({
  table,
  plans,
  now,
  billing: billingOpener({ table, plans, now, parameter: environment.BILLING_PARAMETER }),
});
