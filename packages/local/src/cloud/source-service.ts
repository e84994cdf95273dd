import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GithubServer } from '../git/github/github-server';
import type { CloudAccess } from '../pipeline/cloud-access';
import type { CloudEnvironments } from './environments';

export interface SourceServiceOptions {
  readonly cloud: CloudAccess;
  readonly environments: CloudEnvironments;
  /** The bare remote. */
  readonly remote: string;
  /** The release branch has a commit that was not pushed, but written or merged. */
  readonly release: (commit: string) => Promise<unknown>;
}

/**
 * The remote's face towards the control plane: GitHub's calls on loopback. The control plane is told of it as
 * operators tell it of a repository, by a parameter and a secret in its account, anew at each start.
 */
export class SourceService {
  private readonly server: GithubServer;

  constructor(private readonly options: SourceServiceOptions) {
    const { environments, remote, release } = options;
    this.server = new GithubServer({
      folder: remote,
      owner: 'local',
      repository: environments.application,
      onCommit: async (branch, commit) => {
        if (branch === environments.branch) await release(commit);
      },
    });
  }

  async start(): Promise<void> {
    const { cloud, environments } = this.options;
    const { application, branch, controlPlane } = environments;
    const apiUrl = await this.server.listen();
    const config = cloud.clientConfig(controlPlane.account, controlPlane.region);
    const tokenSecretArn = `${application}/source-token`;
    await writeSecret(new SecretsManagerClient(config), tokenSecretArn, this.server.token);
    const source = { provider: 'github', apiUrl, owner: 'local', repository: application, branch };
    const parameters = {
      source: JSON.stringify({ ...source, tokenSecretArn }),
      // The engine judges the next request by a policy that was just written: there is nothing to wait for.
      'freeze-settle-seconds': '0',
    };
    const ssm = new SSMClient(config);
    for (const [name, Value] of Object.entries(parameters))
      await ssm.send(
        new PutParameterCommand({ Name: `/${application}/${name}`, Value, Type: 'String', Overwrite: true }),
      );
    ssm.destroy();
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

async function writeSecret(client: SecretsManagerClient, Name: string, SecretString: string): Promise<void> {
  try {
    await client.send(new CreateSecretCommand({ Name, SecretString }));
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
    await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString }));
  } finally {
    client.destroy();
  }
}
