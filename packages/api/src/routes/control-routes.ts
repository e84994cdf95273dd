import type { Route } from '../route';
import { BILLING_ROUTES } from './control/billing-routes';
import { METERING_ROUTES } from './control/metering-routes';
import { QUOTA_ROUTES } from './control/quota-routes';
import { REGISTRATION_ROUTES } from './control/registration-routes';
import { TENANT_ROUTES } from './control/tenant-routes';

export { BILLING_ROUTES, METERING_ROUTES, QUOTA_ROUTES, REGISTRATION_ROUTES, TENANT_ROUTES };

/** The whole API of the control plane. */
export const CONTROL_ROUTES: readonly Route[] = [...REGISTRATION_ROUTES, ...TENANT_ROUTES, ...QUOTA_ROUTES];
