import { applicationClient, type ControlClient, controlClient } from '@granary/client';
import type { CloudEngine } from '@granary/local';
import type { Manifest } from '@granary/manifest';
import { type ControlPlane, findControlPlane } from '../walk/control-plane';
import { ensureOperator } from '../walk/operator';
import { randomPassword } from '../walk/password';
import { PATIENCE } from '../walk/patience';
import { reachableUrl } from '../walk/reachable-url';
import { signUpTenant } from '../walk/sign-up';
import { cloudFormationStacks } from '../walk/stacks';
import { type Credentials, cognitoUsers, type Users } from '../walk/users';

/** A tenant's administrator, where the tenant is served now. */
export interface Administrator {
  readonly deploymentId: string;
  readonly apiUrl: string;
  readonly credentials: Credentials;
  /** Signs in anew: the gateway replays for a while what the authorizer said of an older token. */
  token(): Promise<string>;
  client(): Promise<ReturnType<typeof applicationClient>>;
}

/** The released platform, with an operator of the story's own. */
export class StoryPlatform {
  private constructor(
    private readonly engine: CloudEngine,
    private readonly users: Users,
    readonly controlPlane: ControlPlane,
    readonly operatorCredentials: Credentials,
  ) {}

  /** @throws Error before the first release */
  static async open(engine: CloudEngine, manifest: Manifest): Promise<StoryPlatform> {
    const users = cognitoUsers(engine);
    const controlPlane = await findControlPlane(cloudFormationStacks(engine), manifest, engine.endpoint);
    if (!controlPlane) throw new Error('there is no control plane');
    return new StoryPlatform(engine, users, controlPlane, await ensureOperator(users, controlPlane));
  }

  /** Of the operator, for the control plane's API; signs in anew. */
  operatorToken(): Promise<string> {
    return this.users.signIn(this.controlPlane, this.operatorCredentials);
  }

  async operator(): Promise<ControlClient> {
    return controlClient({ baseUrl: this.controlPlane.apiUrl, token: await this.operatorToken() });
  }

  /** Whom nobody knows. */
  anyone(): ControlClient {
    return controlClient({ baseUrl: this.controlPlane.apiUrl });
  }

  /** Signs a tenant up, and waits until it is ready. */
  async signUp(tenantId: string, tier: string): Promise<void> {
    const order = { tenantId, name: tenantId, tier, adminEmail: administratorOf(tenantId) };
    await signUpTenant(this.anyone(), order, PATIENCE);
  }

  /** Gives the administrator a password where the tenant is served now, and signs in there. */
  async administrator(tenantId: string): Promise<Administrator> {
    const config = await this.anyone().getTenantConfig({ params: { tenantName: tenantId } });
    const { items } = await (await this.operator()).listDeployments();
    const deployment = items.find(({ userPoolId }) => userPoolId === config.userPoolId);
    if (!deployment) throw new Error(`no deployment has the user pool ${config.userPoolId}`);
    const credentials = { userName: administratorOf(tenantId), password: randomPassword() };
    await this.users.setPassword(deployment, credentials);
    const token = () => this.users.signIn(deployment, credentials);
    const apiUrl = reachableUrl(config.apiUrl, this.engine.endpoint);
    const client = async () => applicationClient({ baseUrl: apiUrl, token: await token() });
    return { deploymentId: deployment.deploymentId, apiUrl, credentials, token, client };
  }
}

function administratorOf(tenantId: string): string {
  return `admin@${tenantId}.example.com`;
}
