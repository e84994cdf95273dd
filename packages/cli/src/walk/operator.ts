import { type ControlClient, controlClient } from '@granary/client';
import type { ControlPlane } from './control-plane';
import { randomPassword } from './password';
import type { Credentials, Users } from './users';

/** The operator that every start makes sure of. */
export const OPERATOR_EMAIL = 'operator@granary.example.com';

/** An operator, signed in. */
export interface Operator {
  readonly credentials: Credentials;
  readonly api: ControlClient;
}

/** Makes a SystemAdmin, unless there is one, and gives it a new random password. */
export async function ensureOperator(users: Users, controlPlane: ControlPlane): Promise<Credentials> {
  const credentials = { userName: OPERATOR_EMAIL, password: randomPassword() };
  await users.ensureOperator(controlPlane, OPERATOR_EMAIL, 'SystemAdmin');
  await users.setPassword(controlPlane, credentials);
  return credentials;
}

/** Signs an operator in; the session lasts as long as its token. */
export async function enterAsOperator(
  users: Users,
  controlPlane: ControlPlane,
  credentials: Credentials,
): Promise<Operator> {
  const token = await users.signIn(controlPlane, credentials);
  return { credentials, api: controlClient({ baseUrl: controlPlane.apiUrl, token }) };
}
