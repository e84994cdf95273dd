import { LocalCloud, type RunRecord } from '@granary/local';
import { loadManifest, type Manifest, type ManifestInput } from '@granary/manifest';
import { type PageLink, Sites } from '../sites/sites';
import { ProjectCopy } from './project-copy';
import { StoryPlatform } from './story-platform';

const MANIFEST = 'tenants.json';

/** What a story makes of the manifest that it finds. */
export type ManifestEdit = (manifest: ManifestInput) => ManifestInput;

/** Where a story of releases and tenants takes place: a copy of this project, and a local cloud that it is released to. */
export class StoryCloud {
  private sites: Sites | undefined;
  private opened: StoryPlatform | undefined;

  private constructor(
    readonly project: ProjectCopy,
    readonly local: LocalCloud,
  ) {}

  /** Nothing is released yet. @param edit what the story begins with */
  static async start(edit: ManifestEdit): Promise<StoryCloud> {
    const project = await ProjectCopy.make();
    try {
      await editManifest(project, edit, 'Begin the story');
      const options = { projectFolder: project.folder, port: 0, approvals: 'automatic' } as const;
      return new StoryCloud(project, await LocalCloud.start(options));
    } catch (error) {
      await project.remove();
      throw error;
    }
  }

  /** Commits it; the next release carries it. */
  editManifest(edit: ManifestEdit, message: string): Promise<string> {
    return editManifest(this.project, edit, message);
  }

  /** The manifest of the newest commit. */
  async manifest(): Promise<Manifest> {
    return loadManifest(await this.project.git('show', `HEAD:${MANIFEST}`));
  }

  /** Pushes the newest commit, and waits until its release has ended, however it did. */
  async release(): Promise<RunRecord> {
    await this.local.push();
    await this.local.idle();
    const { last } = await this.local.status();
    if (!last) throw new Error('no run has ended');
    return last;
  }

  /** The platform that the first release has brought. @throws Error before it */
  async platform(): Promise<StoryPlatform> {
    this.opened ??= await StoryPlatform.open(this.local.engine, await this.manifest());
    return this.opened;
  }

  /** The released pages, served from the first call on. */
  async pages(): Promise<readonly PageLink[]> {
    const access = this.local.engine;
    this.sites ??= await Sites.serve({ access, manifest: await this.manifest(), anyPort: true });
    if (!this.sites) throw new Error('no release has put pages up');
    return this.sites.links;
  }

  /** Nothing stays: neither state nor project. */
  async stop(): Promise<void> {
    await this.sites?.close();
    await this.local.stop('the story is told');
    await this.project.remove();
  }
}

async function editManifest(project: ProjectCopy, edit: ManifestEdit, message: string): Promise<string> {
  await project.edit(MANIFEST, (text) => JSON.stringify(edit(JSON.parse(text)), undefined, 2));
  return project.commit(message);
}
