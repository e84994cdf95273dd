import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsStub } from '../authorizer/aws-stub';
import { BenchError } from '../bench-error';
import { runChild } from '../child';
import { packageFunctions } from '../cold-start/packagings';
import type { Figure } from '../figure';
import { percentile } from '../percentile';
import { commandOf, type Measurement } from './measurement';

const HOST = join(__dirname, '..', 'authorizer', 'authorizer-host.cjs');
const METHOD = 'arn:aws:execute-api:us-east-1:222222222222:abc123/prod/GET/products';
const STARTS = 10;
const TURNS = 2000;
const START_MS = 120_000;

interface Timed {
  readonly loaded: number;
  readonly answered: number;
  readonly warm: readonly number[];
  readonly bare: readonly number[];
  /** Requests to AWS in all warm calls. */
  readonly calls: number;
}

export const authorizerMeasurement: Measurement = {
  name: 'authorizer',
  summary: 'the authorizer, cold and warm, beside one bare RS256 verification of the same token',
  run: async ({ source, signal, say }) => {
    const folder = await mkdtemp(join(tmpdir(), 'granary-bench-'));
    const stub = await awsStub();
    try {
      say('bundling');
      await packageFunctions(source, folder, signal);
      const file = join(folder, 'bundled', 'application-authorizer', 'index.js');
      const settings = { token: stub.token, methodArn: METHOD, publicKey: stub.publicKey, stub: stub.url };
      const start = async (turns: number): Promise<Timed> => {
        const { stdout } = await runChild(
          process.execPath,
          [HOST, file, JSON.stringify({ ...settings, turns })],
          {
            cwd: tmpdir(),
            env: stub.environment,
            timeoutMs: START_MS,
            signal,
          },
        );
        const last = stdout.at(-1);
        if (last === undefined) throw new BenchError('the authorizer started without an answer');
        return JSON.parse(last) as Timed;
      };
      say(`${STARTS} fresh processes`);
      const cold: Timed[] = [];
      while (cold.length < STARTS) cold.push(await start(0));
      say(`${TURNS} warm calls and as many bare verifications, taking turns`);
      const figures = figuresOf(cold, await start(TURNS), (await stat(file)).size);
      return [{ title: 'Authorizer', command: commandOf('authorizer'), figures }];
    } finally {
      await stub.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function figuresOf(cold: readonly Timed[], { warm, bare, calls }: Timed, bytes: number): Figure[] {
  const median = (of: (timed: Timed) => number) => percentile(cold.map(of), 50);
  const [call, verification] = [percentile(warm, 50), percentile(bare, 50)];
  const note = `${(call * 1000).toFixed(0)} us to ${(verification * 1000).toFixed(0)} us, medians of ${TURNS}`;
  return [
    { what: 'warm call to one bare RS256 verification', value: call / verification, unit: 'x', aim: 2, note },
    { what: 'requests to AWS for each warm call', value: calls / TURNS, unit: 'x', aim: 0 },
    { what: 'package, minified', value: bytes / 1024, unit: 'KB', aim: 350 },
    {
      what: 'package loaded',
      value: median(({ loaded }) => loaded),
      unit: 'ms',
      note: `median of ${STARTS} fresh processes`,
    },
    {
      what: 'first answer',
      value: median(({ answered }) => answered),
      unit: 'ms',
      note: 'since the loading began; key set, directory and STS answer at once on loopback',
    },
  ];
}
