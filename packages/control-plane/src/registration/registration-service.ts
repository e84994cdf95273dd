import { REGISTRATION_ROUTES } from '@granary/api';
import { controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import { registrationView } from './registration-view';
import { followSignUp, type SignUpDependencies, signUp } from './sign-up';

export interface RegistrationServiceOptions extends SignUpDependencies {
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The registration service behind its routes. */
export function registrationService({
  telemetry,
  ...dependencies
}: RegistrationServiceOptions): ServiceHandler {
  return controlHandler({
    service: 'registration',
    routes: REGISTRATION_ROUTES,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      createRegistration: async ({ body }) => registrationView(await signUp(body, dependencies)),
      getRegistration: async ({ params }) =>
        registrationView(await followSignUp(dependencies.table, params.registrationId)),
      readRegistrationHealth: async () => ({ service: 'registration', status: 'ok' as const }),
    },
  });
}
