import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { palette } from '../terminal';
import type { CommandContext } from './command-context';

/** A project's folder for a test of commands, and what they print. */
export class ProjectForTests {
  private printed: string[] = [];

  private constructor(readonly folder: string) {}

  /** @param manifest written as tenants.json. @default no manifest */
  static async make(manifest?: object): Promise<ProjectForTests> {
    const project = new ProjectForTests(await mkdtemp(join(tmpdir(), 'granary-cli-')));
    if (manifest) await project.writeManifest(manifest);
    return project;
  }

  /** @param file its name in the project's folder. @default tenants.json */
  async writeManifest(manifest: object, file = 'tenants.json'): Promise<void> {
    await writeFile(join(this.folder, file), JSON.stringify(manifest, null, 2));
  }

  /** What a command is given when a person calls it, or with `json` a program. */
  context(json = false): CommandContext {
    const terminal = {
      interactive: false,
      palette: palette(false),
      line: (text = '') => this.printed.push(text),
      note: () => undefined,
      live: () => undefined,
    };
    const project = { folder: this.folder, stateFolder: join(this.folder, '.granary') };
    return { project, terminal, json, signal: new AbortController().signal };
  }

  /** The lines that were printed since the last call. */
  takeLines(): string[] {
    const taken = this.printed;
    this.printed = [];
    return taken;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
