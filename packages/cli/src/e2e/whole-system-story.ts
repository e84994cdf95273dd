import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord, SentMail } from '@granary/local';
import type { Fleet, Status as Shown } from '../render/status';
import type { PageLink } from '../sites/sites';
import type { Verdict, WalkReport } from '../walk/walk-report';
import { type Ended, GranaryProcess } from './granary-process';
import { ProjectCopy } from './project-copy';
import { type PageVisits, visitPages } from './visits/page-visits';

/** What one story on one local cloud showed; its parts follow each other. */
export interface Story {
  readonly first: Released;
  /** Undefined where there is no browser. */
  readonly visits: PageVisits | undefined;
  readonly added: { readonly commit: string; readonly said: string; readonly status: Status };
  readonly broken: {
    readonly push: Ended;
    readonly run: RunRecord;
    readonly log: Ended;
    readonly status: Status;
    readonly anonymous: number;
  };
  readonly stopped: Ended & { readonly cloudFileStays: boolean; readonly endpointAnswers: boolean };
  readonly background: { readonly up: Ended; readonly status: Status; readonly down: Ended };
  readonly again: Released & { readonly ended: Ended; readonly commit: string };
}

export interface Released {
  readonly report: WalkReport;
  readonly pages: readonly PageLink[];
  readonly verdict: Verdict;
}

export interface Status extends Shown {
  readonly fleet: Extract<Fleet, { type: 'known' }>;
}

/** Everything that a person does with the command, from the first start on, in a copy of this project. */
export class WholeSystem {
  private running: GranaryProcess | undefined;

  private constructor(
    private readonly project: ProjectCopy,
    readonly firstCommit: string,
  ) {}

  static async make(): Promise<WholeSystem> {
    const project = await ProjectCopy.make();
    return new WholeSystem(project, await project.git('rev-parse', 'HEAD'));
  }

  /** Nothing stays, however the story went. */
  async end(): Promise<void> {
    await this.running?.stop();
    await GranaryProcess.run('down', ...this.where());
    await this.project.remove();
  }

  private where(): string[] {
    return ['--project', this.project.folder];
  }

  async tell(): Promise<Story> {
    const start = this.launch('start', '--json', '--port', '0', ...this.where());
    const first = await released(start);
    await start.line('staying');
    const { endpoint } = (await this.readStatus()).cloud;
    const visits = await visitPages({ ...first, endpoint, mailTo: (address) => this.mailTo(address) });
    const added = await this.addTenant();
    const broken = await this.breakBuild(first.report);
    const stopped = {
      ...(await start.stop()),
      cloudFileStays: await exists(join(this.project.folder, '.granary', 'cloud.json')),
      endpointAnswers: await answers(endpoint),
    };
    const port = new URL(endpoint).port;
    const up = await GranaryProcess.run('up', '--json', '--port', port, ...this.where());
    const background = {
      up,
      status: await this.readStatus(),
      down: await GranaryProcess.run('down', '--json', ...this.where()),
    };
    await this.project.git('revert', '--no-edit', 'HEAD');
    const commit = await this.project.git('rev-parse', 'HEAD');
    const restart = this.launch('start', '--once', '--json', '--port', port, ...this.where());
    const again = { ...(await released(restart)), ended: await restart.ended, commit };
    return { first, visits, added, broken, stopped, background, again };
  }

  private launch(...args: string[]): GranaryProcess {
    this.running = new GranaryProcess(args);
    return this.running;
  }

  private async readStatus(): Promise<Status> {
    const { code, stdout, stderr } = await GranaryProcess.run('status', '--json', ...this.where());
    if (code !== 0) throw new Error(stderr);
    const { fleet, ...status } = JSON.parse(stdout) as Shown;
    if (fleet.type === 'unknown') throw new Error(fleet.reason);
    return { ...status, fleet };
  }

  /** What was mailed to an address last, as the person at this machine reads it. */
  private async mailTo(address: string): Promise<string> {
    const { stdout } = await GranaryProcess.run('mails', address, '--json', ...this.where());
    const mails = JSON.parse(stdout) as readonly SentMail[];
    return mails.at(-1)?.text ?? '';
  }

  /** The second gesture: edit tenants.json, commit, push with git itself. */
  private async addTenant(): Promise<Story['added']> {
    const tenant = ['--name', 'Hooli', '--cell', 'eu-1', '--email', 'admin@hooli.example.com'];
    await GranaryProcess.run('tenants', 'add', 'hooli', ...tenant, '--ring', 'canary', ...this.where());
    const commit = await this.project.commit('Add hooli');
    const said = await this.project.git('push', 'local', 'HEAD:main');
    return { commit, said, status: await this.settledStatus('hooli') };
  }

  /** A silo's onboarding runs after its release. */
  private async settledStatus(tenantId: string): Promise<Status> {
    for (;;) {
      const status = await this.readStatus();
      const tenant = status.fleet.tenants.find((one) => one.tenantId === tenantId);
      if (tenant && tenant.status !== 'provisioning') return status;
    }
  }

  private async breakBuild({ visits }: WalkReport): Promise<Story['broken']> {
    await this.project.edit(
      'packages/app-services/src/product/handler.ts',
      (text) => `${text}\nconst broken = ;\n`,
    );
    await this.project.commit('Break the product service');
    const push = await GranaryProcess.run('push', '--json', ...this.where());
    const log = await GranaryProcess.run('logs', 'last', 'Synth', ...this.where());
    const run = JSON.parse((await GranaryProcess.run('logs', '--json', ...this.where())).stdout) as RunRecord;
    const health = await fetch(`${visits[0]?.apiUrl}health/product`);
    return { push, run, log, status: await this.readStatus(), anonymous: health.status };
  }
}

async function released(start: GranaryProcess): Promise<Released> {
  const { verdict } = await start.line<{ readonly verdict: Verdict }>('verdict');
  // A walk that broke off has a verdict and no report.
  if (!verdict.ok) throw new Error(verdict.reasons.join('\n'));
  const { report, pages } = await start.line<Omit<Released, 'verdict'>>('report');
  return { report, pages, verdict };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
