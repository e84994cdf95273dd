import { type AuditActor, REGISTRATION_ROUTES } from '@granary/api';
import {
  type AuditPort,
  controlHandler,
  type OperatorPrincipal,
  type ServiceHandler,
  type Telemetry,
} from '@granary/auth';
import { readPage } from '../control-table/page';
import { approve, reject } from './approval';
import { followSignUp } from './follow-sign-up';
import { type RegistrationRecord, registrationListing } from './registration-record';
import { registrationEntry, registrationView } from './registration-view';
import { retryRegistration } from './retry-registration';
import { type SignUpDependencies, signUp } from './sign-up';

export interface RegistrationServiceOptions extends SignUpDependencies {
  /** Where requests leave their lines. */
  readonly audit: AuditPort;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The registration service behind its routes. */
export function registrationService({
  telemetry,
  audit,
  ...dependencies
}: RegistrationServiceOptions): ServiceHandler {
  const { table } = dependencies;
  const view = async (registration: Promise<RegistrationRecord>) =>
    registrationView(await registration, table);
  return controlHandler({
    service: 'registration',
    routes: REGISTRATION_ROUTES,
    audit,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      createRegistration: async ({ body }) => view(signUp(body, { kind: 'anonymous' }, dependencies)),
      listRegistrations: async ({ query: { status, ...page } }) => {
        const { items, ...rest } = await readPage(table, registrationListing(status), page);
        return { items: items.map(registrationEntry), ...rest };
      },
      getRegistration: async ({ params }) => view(followSignUp(table, params.registrationId)),
      retryRegistration: async ({ params }) => view(retryRegistration(params.registrationId, dependencies)),
      approveRegistration: async ({ params, body }, { principal, concerns }) => {
        const { tenantId } = await followSignUp(table, params.registrationId);
        concerns({ tenantId });
        return view(approve(params.registrationId, body, operator(principal), dependencies));
      },
      rejectRegistration: async ({ params, body }, { concerns }) => {
        const { tenantId } = await followSignUp(table, params.registrationId);
        concerns({ tenantId, reason: body.reason });
        return view(reject(params.registrationId, body, dependencies));
      },
      createTenant: async ({ body }, { principal, concerns }) => {
        concerns({ tenantId: body.tenantId });
        return view(signUp(body, operator(principal), dependencies));
      },
      readRegistrationHealth: async () => ({ service: 'registration', status: 'ok' as const }),
    },
  });
}

function operator({ userName, role }: OperatorPrincipal): AuditActor {
  return { kind: 'operator', userName, role };
}
