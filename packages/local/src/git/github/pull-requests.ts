import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const pullSchema = z.object({
  number: z.number().int(),
  title: z.string(),
  body: z.string(),
  head: z.string(),
  base: z.string(),
  state: z.enum(['open', 'closed']),
  mergeCommit: z.string().optional(),
});
export type Pull = z.output<typeof pullSchema>;

/** The repository's pull requests, in a file beside its objects. One process writes it. */
export class PullRequests {
  private readonly file: string;

  constructor(folder: string) {
    this.file = join(folder, 'granary-pulls.json');
  }

  async all(): Promise<readonly Pull[]> {
    const text = await readFile(this.file, 'utf8').catch(() => '[]');
    return z.array(pullSchema).parse(JSON.parse(text));
  }

  async open(pull: Pick<Pull, 'title' | 'body' | 'head' | 'base'>): Promise<Pull> {
    const all = await this.all();
    const opened: Pull = { ...pull, number: all.length + 1, state: 'open' };
    await this.write([...all, opened]);
    return opened;
  }

  async change(number: number, fields: Partial<Pull>): Promise<void> {
    await this.write(
      (await this.all()).map((pull) => (pull.number === number ? { ...pull, ...fields } : pull)),
    );
  }

  private async write(pulls: readonly Pull[]): Promise<void> {
    const draft = `${this.file}.${process.pid}`;
    await writeFile(draft, JSON.stringify(pulls));
    await rename(draft, this.file);
  }
}
