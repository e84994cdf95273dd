import { ReleaseInputError, UnknownReleaseError } from '../release-error';
import {
  type Item,
  type ReleaseTable,
  WriteRefusedError,
  wholePartition,
} from '../release-table/release-table';
import { type Run, runSchema, type WaveRun, waveRunSchema } from './run';

/** The list of all runs, by the time that they began. */
const RUN_LIST = 'RUN';
/** Runs that are looked through for halted ones: an older one has long been overtaken. */
const RECENT = 50;

export interface RunPage {
  readonly found: readonly Run[];
  /** Where the next page goes on. @default this is the last */
  readonly next?: string;
}

/** The records of runs and their waves. A write fails when somebody wrote in between. */
export class Runs {
  constructor(private readonly table: ReleaseTable) {}

  async find(runId: string): Promise<Run | undefined> {
    const item = await this.table.get({ pk: partition(runId), sk: 'RUN' });
    return item && runSchema.parse(item);
  }

  /** @throws UnknownReleaseError */
  async get(runId: string): Promise<Run> {
    const run = await this.find(runId);
    if (run) return run;
    throw new UnknownReleaseError(`no run "${runId}" is recorded`);
  }

  /** The newest first. May lag behind the last writes. */
  async recent(limit: number = RECENT): Promise<readonly Run[]> {
    const { items } = await this.table.list({ list: RUN_LIST, descending: true, limit });
    return items.map((item) => runSchema.parse(item));
  }

  /**
   * A page of all runs, the newest first.
   * @param after `next` of the page before
   * @throws ReleaseInputError for what no page gave
   */
  async page(limit: number, after?: string): Promise<RunPage> {
    const { items, more } = await this.table.list({
      list: RUN_LIST,
      descending: true,
      limit,
      ...(after === undefined ? {} : { after: placeInList(after) }),
    });
    const last = items.at(-1);
    return {
      found: items.map((item) => runSchema.parse(item)),
      ...(more && last ? { next: String(last.listSk) } : {}),
    };
  }

  /** In the order of release. */
  async waves(runId: string): Promise<readonly WaveRun[]> {
    const items = await wholePartition(this.table, { pk: partition(runId), prefix: 'WAVE#' });
    return items.map((item) => waveRunSchema.parse(item));
  }

  /** @throws UnknownReleaseError */
  async wave(runId: string, name: string): Promise<WaveRun> {
    const wave = (await this.waves(runId)).find((each) => each.name === name);
    if (wave) return wave;
    throw new UnknownReleaseError(`run "${runId}" has no wave "${name}"`);
  }

  /** Records a run and its waves as they begin. @returns false when the run is recorded already */
  async begin(run: Run, waves: readonly WaveRun[]): Promise<boolean> {
    // Waves first: who finds the run finds all of them.
    for (const wave of waves) await this.add(waveItem(wave));
    return this.add(runItem(run));
  }

  /** @throws WriteRefusedError when the record is not the revision before */
  async putRun(run: Run): Promise<void> {
    await this.table.put(runItem(run), { revision: run.revision - 1 });
  }

  /** @throws WriteRefusedError when the record is not the revision before */
  async putWave(wave: WaveRun): Promise<void> {
    await this.table.put(waveItem(wave), { revision: wave.revision - 1 });
  }

  private async add(item: Item): Promise<boolean> {
    try {
      await this.table.put(item, 'absent');
      return true;
    } catch (error) {
      if (error instanceof WriteRefusedError) return false;
      throw error;
    }
  }
}

function placeInList(place: string): Item {
  const [, runId] = /^[0-9TZ:.-]{20,40}#([\w-]{1,100})$/.exec(place) ?? [];
  if (runId === undefined)
    throw new ReleaseInputError(
      `after: "${place}" is no place in the list of runs; take it from the page before`,
    );
  return { pk: partition(runId), sk: 'RUN', listPk: RUN_LIST, listSk: place };
}

function partition(runId: string): string {
  return `RUN#${runId}`;
}

function runItem(run: Run): Item {
  return {
    ...run,
    pk: partition(run.runId),
    sk: 'RUN',
    listPk: RUN_LIST,
    listSk: `${run.startedAt}#${run.runId}`,
  };
}

function waveItem(wave: WaveRun): Item {
  const place = String(wave.index).padStart(3, '0');
  return { ...wave, pk: partition(wave.runId), sk: `WAVE#${place}#${wave.name}` };
}
