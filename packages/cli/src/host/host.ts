import { type CloudEnd, LocalCloud, type LocalCloudOptions, type RunEvent } from '@granary/local';
import { type PageLink, Sites } from '../sites/sites';
import { type ControlPlane, findControlPlane } from '../walk/control-plane';
import { ensureOperator, enterAsOperator, type Operator } from '../walk/operator';
import { cloudFormationStacks } from '../walk/stacks';
import { type Credentials, cognitoUsers } from '../walk/users';
import { removePages, writePages } from './pages-file';
import { type Project, readManifest } from './project';
import { removeSession, writeSession } from './session-file';

export interface HostOptions extends Pick<LocalCloudOptions, 'fresh' | 'port' | 'approvals'> {
  readonly project: Project;
  readonly onEvent: (event: RunEvent) => void;
  /** What the start is doing, one line each. */
  readonly onStep: (line: string) => void;
}

interface Account {
  readonly controlPlane: ControlPlane;
  readonly credentials: Credentials;
}

/** The local cloud inside this process, with an operator whom other commands can sign in as. */
export class Host {
  private account: Promise<Account | undefined> | undefined;
  private sites: Promise<Sites | undefined> | undefined;
  private closed = false;

  private constructor(
    readonly cloud: LocalCloud,
    private readonly project: Project,
    /** Whether the pages take any free port, as the engine does. */
    private readonly anyPort: boolean,
  ) {}

  /** @throws what LocalCloud.start throws */
  static async open({ project, ...options }: HostOptions): Promise<Host> {
    await forget(project.stateFolder);
    const cloud = await LocalCloud.start({
      ...options,
      projectFolder: project.folder,
      stateFolder: project.stateFolder,
    });
    const host = new Host(cloud, project, options.port === 0);
    const prepare = async () => {
      await host.operatorAccount().catch(() => undefined);
      await host.openSites().catch(() => undefined);
    };
    cloud.subscribe((event) => {
      // The control plane and its sites are there long before the first release ends.
      if (event.type === 'stage-ended' && event.outcome.status === 'succeeded') void prepare();
    });
    await prepare();
    return host;
  }

  /** Settles when the cloud has ended, however it did. */
  get ended(): Promise<CloudEnd> {
    return this.cloud.ended;
  }

  /** @returns undefined while no control plane is deployed */
  async openOperator(): Promise<
    { readonly operator: Operator; readonly controlPlane: ControlPlane } | undefined
  > {
    const account = await this.operatorAccount();
    if (!account) return undefined;
    const { controlPlane, credentials } = account;
    const users = cognitoUsers(this.cloud.engine);
    return { controlPlane, operator: await enterAsOperator(users, controlPlane, credentials) };
  }

  /**
   * Serves the released pages, from the first call on.
   *
   * @returns where they are; none while no release has deployed them
   */
  async openSites(): Promise<readonly PageLink[]> {
    if (this.closed) return [];
    this.sites ??= this.serveSites();
    const served = await this.sites.catch((error) => {
      this.sites = undefined;
      throw error;
    });
    if (!served) this.sites = undefined;
    return served?.links ?? [];
  }

  private async serveSites(): Promise<Sites | undefined> {
    const manifest = await readManifest(this.project);
    return Sites.serve({
      access: this.cloud.engine,
      manifest,
      anyPort: this.anyPort,
      tell: (links) => writePages(this.project.stateFolder, links),
    });
  }

  /** Stops everything; state stays. Safe to call twice. */
  async close(reason: string): Promise<void> {
    this.closed = true;
    await (await this.sites?.catch(() => undefined))?.close();
    await forget(this.project.stateFolder);
    await this.cloud.stop(reason);
  }

  /** The operator of this start, made once; other commands find it in the session file. */
  private operatorAccount(): Promise<Account | undefined> {
    const account = this.account ?? this.makeAccount();
    this.account = account;
    const retry = () => {
      if (this.account === account) this.account = undefined;
    };
    account.then((made) => made ?? retry(), retry);
    return account;
  }

  private async makeAccount(): Promise<Account | undefined> {
    const { engine } = this.cloud;
    const manifest = await readManifest(this.project);
    const controlPlane = await findControlPlane(cloudFormationStacks(engine), manifest, engine.endpoint);
    if (!controlPlane) return undefined;
    const credentials = await ensureOperator(cognitoUsers(engine), controlPlane);
    const { region, apiUrl, userPoolClientId } = controlPlane;
    const session = { endpoint: engine.endpoint, region, apiUrl, userPoolClientId, ...credentials };
    await writeSession(this.project.stateFolder, session);
    return { controlPlane, credentials };
  }
}

/** What other processes find is valid while the cloud runs. */
async function forget(stateFolder: string): Promise<void> {
  await Promise.all([removeSession(stateFolder), removePages(stateFolder)]);
}
