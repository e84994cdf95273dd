import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startAttackCloud } from './attack-cloud';
import { AttackError } from './attack-error';
import { runAttack } from './run-attack';

const USAGE = `npm run attack -- [options]

Releases the project's HEAD on a local cloud of its own and attacks it. Exits with 1 on any leak, any 5xx, any
control that was refused, any secret in what was written, and any mutation that goes unnoticed.

  --json           print one JSON document
  --seed <n>       seed of the random requests (default: the day's date)
  --requests <n>   how many random requests (default: 10000)
  --no-mutations   leave the mutation check out`;

/** The command's edge. @param args without the program's name */
export async function main(args: readonly string[]): Promise<void> {
  const note = (line: string) => process.stderr.write(`attack: ${line}\n`);
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        json: { type: 'boolean', default: false },
        seed: { type: 'string', default: new Date().toISOString().slice(0, 10).replaceAll('-', '') },
        requests: { type: 'string', default: '10000' },
        mutations: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return void process.stdout.write(`${USAGE}\n`);
    const [seed, requests] = [values.seed, values.requests].map(Number);
    if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(requests) || (requests as number) < 0)
      throw new AttackError(
        `--seed and --requests take whole numbers, not ${values.seed} and ${values.requests}`,
      );
    const started = await startAttackCloud({
      projectFolder: join(__dirname, '..', '..', '..'),
      onStep: note,
    });
    try {
      const options = { seed: seed as number, requests: requests as number, mutations: values.mutations };
      const result = await runAttack(started, { ...options, onStep: note });
      process.stdout.write(`${values.json ? JSON.stringify(result.report, undefined, 2) : result.text}\n`);
      process.exitCode = result.sound ? 0 : 1;
    } finally {
      await started.close();
    }
  } catch (error) {
    note((error as Error).message);
    if (process.env.GRANARY_DEBUG) note(String((error as Error).stack));
    process.exitCode = 1;
  }
  // Open sockets of SDK clients must not keep the command alive.
  await new Promise((done) => process.stdout.write('', done));
  process.exit();
}
