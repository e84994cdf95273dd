import { type CloudEnd, LocalCloud, type LocalCloudOptions, type RunEvent } from '@granary/local';
import { type ControlPlane, findControlPlane } from '../walk/control-plane';
import { enterAsOperator, type Operator } from '../walk/operator';
import { cloudFormationStacks } from '../walk/stacks';
import { cognitoUsers } from '../walk/users';
import { type Project, readManifest } from './project';
import { removeSession, writeSession } from './session-file';

export interface HostOptions extends Pick<LocalCloudOptions, 'fresh' | 'port' | 'approvals'> {
  readonly project: Project;
  readonly onEvent: (event: RunEvent) => void;
  /** What the start is doing, one line each. */
  readonly onStep: (line: string) => void;
}

/** The local cloud inside this process, with an operator whom other commands can sign in as. */
export class Host {
  private constructor(
    readonly cloud: LocalCloud,
    private readonly project: Project,
  ) {}

  /** @throws what LocalCloud.start throws */
  static async open({ project, ...options }: HostOptions): Promise<Host> {
    await removeSession(project.stateFolder);
    const cloud = await LocalCloud.start({
      ...options,
      projectFolder: project.folder,
      stateFolder: project.stateFolder,
    });
    return new Host(cloud, project);
  }

  /** Settles when the cloud has ended, however it did. */
  get ended(): Promise<CloudEnd> {
    return this.cloud.ended;
  }

  /**
   * Makes sure of the operator and leaves the session for other commands.
   *
   * @returns undefined while no control plane is deployed
   */
  async openOperator(): Promise<{ operator: Operator; controlPlane: ControlPlane } | undefined> {
    const { engine } = this.cloud;
    const manifest = await readManifest(this.project);
    const controlPlane = await findControlPlane(cloudFormationStacks(engine), manifest, engine.endpoint);
    if (!controlPlane) return undefined;
    const operator = await enterAsOperator(cognitoUsers(engine), controlPlane);
    const { region, apiUrl, userPoolClientId } = controlPlane;
    await writeSession(this.project.stateFolder, {
      endpoint: engine.endpoint,
      region,
      apiUrl,
      userPoolClientId,
      ...operator.credentials,
    });
    return { operator, controlPlane };
  }

  /** Stops everything; state stays. Safe to call twice. */
  async close(reason: string): Promise<void> {
    await removeSession(this.project.stateFolder);
    await this.cloud.stop(reason);
  }
}
