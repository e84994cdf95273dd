import { LIFECYCLE_ROUTES } from '@granary/api';
import {
  type AuditPort,
  controlHandler,
  type OperatorPrincipal,
  type ServiceHandler,
  type Telemetry,
} from '@granary/auth';
import { operationView } from '../workflow/operation-view';
import type { LifecycleDependencies, LifecycleRequest } from './lifecycle-request';
import { readReceipt } from './receipt';
import { activate, changeTier, deactivate, offboard } from './request-change';

export interface LifecycleServiceOptions extends LifecycleDependencies {
  /** Where requests leave their lines. */
  readonly audit: AuditPort;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The life of a tenant behind its routes: each change is an operation that goes on behind the answer. */
export function lifecycleService({
  telemetry,
  audit,
  ...dependencies
}: LifecycleServiceOptions): ServiceHandler {
  return controlHandler({
    service: 'lifecycle',
    routes: LIFECYCLE_ROUTES,
    audit,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      activateTenant: async (request, { principal }) =>
        operationView(await activate(asked(request, principal), dependencies)),
      deactivateTenant: async (request, { principal }) =>
        operationView(await deactivate(asked(request, principal), dependencies)),
      changeTier: async (request, { principal, concerns }) => {
        concerns({ subject: request.body.tier });
        return operationView(await changeTier(asked(request, principal), request.body, dependencies));
      },
      offboardTenant: async (request, { principal }) =>
        operationView(await offboard(asked(request, principal), request.body, dependencies)),
      getReceipt: async ({ params }) => readReceipt(dependencies.table, params.tenantId),
      readLifecycleHealth: async () => ({ service: 'lifecycle', status: 'ok' as const }),
    },
  });
}

interface Asked {
  readonly params: { readonly tenantId: string };
  readonly query: { readonly idempotencyKey?: string | undefined };
}

function asked({ params, query }: Asked, { userName, role }: OperatorPrincipal): LifecycleRequest {
  return { ...params, ...query, requestedBy: { kind: 'operator', userName, role } };
}
