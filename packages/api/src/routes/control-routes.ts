import type { Route } from '../route';
import { AUDIT_ROUTES } from './control/audit-routes';
import { BILLING_ROUTES } from './control/billing-routes';
import { EVENT_ROUTES } from './control/event-routes';
import { LIFECYCLE_ROUTES } from './control/lifecycle-routes';
import { METERING_ROUTES } from './control/metering-routes';
import { OPERATION_ROUTES } from './control/operation-routes';
import { OPERATOR_ROUTES } from './control/operator-routes';
import { QUOTA_ROUTES } from './control/quota-routes';
import { REGISTRATION_ROUTES } from './control/registration-routes';
import { RELEASE_ROUTES } from './control/release-routes';
import { TENANT_ROUTES } from './control/tenant-routes';
import { TENANT_USER_ROUTES } from './control/tenant-user-routes';

export {
  AUDIT_ROUTES,
  BILLING_ROUTES,
  EVENT_ROUTES,
  LIFECYCLE_ROUTES,
  METERING_ROUTES,
  OPERATION_ROUTES,
  OPERATOR_ROUTES,
  QUOTA_ROUTES,
  REGISTRATION_ROUTES,
  RELEASE_ROUTES,
  TENANT_ROUTES,
  TENANT_USER_ROUTES,
};

const ROUTES = [
  ...REGISTRATION_ROUTES,
  ...OPERATION_ROUTES,
  ...TENANT_ROUTES,
  ...LIFECYCLE_ROUTES,
  ...TENANT_USER_ROUTES,
  ...OPERATOR_ROUTES,
  ...QUOTA_ROUTES,
  ...AUDIT_ROUTES,
  ...EVENT_ROUTES,
  ...METERING_ROUTES,
  ...BILLING_ROUTES,
  ...RELEASE_ROUTES,
] as const satisfies readonly Route[];

/** Any route of the control plane, as the compiler knows it. */
export type ControlRoute = (typeof ROUTES)[number];

/** The whole API of the control plane. */
export const CONTROL_ROUTES: readonly Route[] = ROUTES;
