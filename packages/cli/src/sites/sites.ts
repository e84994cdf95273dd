import { S3Client } from '@aws-sdk/client-s3';
import { CONFIG_PATH, SITES, type SiteName, SiteServer } from '@granary/hosting';
import { type Manifest, stackName } from '@granary/manifest';
import { WalkError } from '../cli-error';
import type { OperatorAccess } from '../walk/operator-access';
import { cloudFormationStacks } from '../walk/stacks';
import { bucketFiles } from './bucket-files';
import { localConfig } from './local-config';

export interface SitesOptions {
  readonly access: OperatorAccess;
  readonly manifest: Manifest;
  /** Whether a port of a site that is taken gives way: then any free one will do from the start. @default false */
  readonly anyPort?: boolean;
  /** Told where the pages are once they are served; when it fails, none are. @default nobody */
  readonly tell?: (links: readonly PageLink[]) => Promise<void>;
}

/** Where a person finds a page. */
export interface PageLink {
  /** What it is called. */
  readonly page: string;
  readonly url: string;
}

/** Beside the engine's own; one that is taken gives way to a free one. */
const PORTS: Readonly<Record<SiteName, number>> = { control: 4580, application: 4581 };
/** The stack's output that names a site's bucket. */
const OUTPUTS: Readonly<Record<SiteName, string>> = {
  control: 'ControlSiteBucket',
  application: 'ApplicationSiteBucket',
};

/** The released pages of both planes, served on loopback. */
export class Sites {
  private constructor(
    private readonly servers: Readonly<Record<SiteName, SiteServer>>,
    private readonly client: S3Client,
  ) {}

  /**
   * Serves what the newest release has put into the sites' buckets; a later release is served as soon as it is there.
   *
   * @returns undefined when no release has deployed sites
   */
  static async serve({ access, manifest, anyPort = false, tell }: SitesOptions): Promise<Sites | undefined> {
    const { account, region } = manifest.controlPlane;
    const place = { account, region, stackName: stackName(manifest, 'control-plane') };
    const outputs = await cloudFormationStacks(access).outputs(place);
    const buckets = { control: outputs?.[OUTPUTS.control], application: outputs?.[OUTPUTS.application] };
    const { control, application } = buckets;
    if (!control || !application) return undefined;
    const client = new S3Client({ ...access.clientConfig(account, region), forcePathStyle: true });
    const { endpoint } = access;
    // Settings are asked for once both are there.
    let applicationOrigin = '';
    const serve = (name: SiteName, bucket: string) => {
      const files = bucketFiles(client, bucket);
      return SiteServer.start({
        site: SITES[name],
        files,
        config: async () => {
          const content = await files.read(CONFIG_PATH.slice(1));
          if (!content) throw new WalkError(`${files.name} has no settings`);
          return localConfig(new TextDecoder().decode(content), { endpoint, applicationOrigin });
        },
        connect: [endpoint],
        port: anyPort ? 0 : PORTS[name],
      });
    };
    const first = await serve('application', application);
    applicationOrigin = first.origin;
    const opened = [first];
    try {
      const second = await serve('control', control);
      opened.push(second);
      const sites = new Sites({ application: first, control: second }, client);
      await tell?.(sites.links);
      return sites;
    } catch (error) {
      await Promise.all(opened.map((server) => server.close()));
      throw error;
    }
  }

  /** One for each entry of each site. */
  get links(): readonly PageLink[] {
    return [
      { page: 'operator console', url: `${this.servers.control.origin}/` },
      { page: 'tenant application', url: `${this.servers.application.origin}/` },
      { page: 'sign-up', url: `${this.servers.application.origin}/sign-up` },
    ];
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.servers).map((server) => server.close()));
    this.client.destroy();
  }
}
