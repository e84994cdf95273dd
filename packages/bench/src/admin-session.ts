import { cloudFormationStacks, cognitoUsers, randomPassword, reachableUrl } from '@granary/cli';
import type { CloudEndpoint } from '@granary/local';
import type { TenantTarget } from '@granary/manifest';
import { BenchError } from './bench-error';

/** A tenant's administrator, signed in. */
export interface AdminSession {
  /** The tenant's API, with a slash at the end. */
  readonly apiUrl: string;
  /** Id token. */
  readonly token: string;
}

/**
 * Signs a silo tenant's administrator in with a new password: the invitation's went out by mail.
 *
 * @throws BenchError when the tenant's stack is not there, WalkError when its user pool refuses
 */
export async function signInAdmin(engine: CloudEndpoint, target: TenantTarget): Promise<AdminSession> {
  const outputs = await cloudFormationStacks(engine).outputs(target);
  const output = (name: string): string => {
    const value = outputs?.[name];
    if (value) return value;
    throw new BenchError(`stack "${target.stackName}" has no output "${name}"`);
  };
  const { account, region, tenant } = target;
  const users = cognitoUsers(engine);
  const credentials = { userName: tenant.adminEmail, password: randomPassword() };
  await users.setPassword({ account, region, userPoolId: output('UserPoolId') }, credentials);
  const token = await users.signIn({ region, userPoolClientId: output('UserPoolClientId') }, credentials);
  return { apiUrl: reachableUrl(output('ApiUrl'), engine.endpoint), token };
}
