import { Agent, request } from 'node:http';
import { BenchError } from './bench-error';

const REQUEST_MS = 30_000;

/** One GET that is asked again and again, over connections that stay open. */
export class LoadTarget {
  private readonly agent = new Agent({ keepAlive: true });

  /**
   * @param name for messages
   * @param token bearer token
   * @param signal ends what is under way @default never
   */
  constructor(
    readonly name: string,
    private readonly url: string,
    private readonly token: string,
    private readonly signal: AbortSignal = new AbortController().signal,
  ) {}

  /**
   * Sends the request once.
   *
   * @returns milliseconds until the whole answer was there
   * @throws BenchError when the answer is not 200
   */
  once(): Promise<number> {
    const { name, url, token, agent, signal } = this;
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        { agent, signal, headers: { authorization: `Bearer ${token}` }, timeout: REQUEST_MS },
        (answer) => {
          let body = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            body += chunk;
          });
          answer.once('end', () => {
            if (answer.statusCode === 200) resolve(performance.now() - began);
            else reject(new BenchError(`${name}: GET answered ${answer.statusCode}: ${body.slice(0, 300)}`));
          });
          answer.once('error', reject);
        },
      );
      sent.once('timeout', () =>
        sent.destroy(new BenchError(`${name}: no answer in ${REQUEST_MS / 1000} s`)),
      );
      sent.once('error', (cause) =>
        reject(cause instanceof BenchError ? cause : new BenchError(`${name}: ${cause.message}`, { cause })),
      );
      sent.end();
    });
  }

  /** @returns milliseconds that `count` requests took, `concurrency` at a time */
  async many(count: number, concurrency: number): Promise<number> {
    let left = count;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        await this.once();
      }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: concurrency }, worker));
    return performance.now() - began;
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Two targets that take turns, so that whatever else the machine does meets both alike. */
export type Pair = readonly [LoadTarget, LoadTarget];

/** @returns the times of `count` requests of each, milliseconds; who goes first changes each time */
export async function alternate([a, b]: Pair, count: number): Promise<readonly [number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = 0; turn < count; turn += 1) {
    const first = turn % 2 === 0;
    if (first) times[0].push(await a.once());
    times[1].push(await b.once());
    if (!first) times[0].push(await a.once());
  }
  return times;
}

/** @returns requests a second of each, from blocks of requests that take turns */
export async function alternateBlocks(
  pair: Pair,
  options: { readonly blocks: number; readonly size: number; readonly concurrency: number },
): Promise<readonly [number, number]> {
  const { blocks, size, concurrency } = options;
  const spent: [number, number] = [0, 0];
  for (let turn = 0; turn < blocks; turn += 1)
    for (const side of [0, 1] as const) spent[side] += await pair[side].many(size, concurrency);
  const rate = (milliseconds: number) => (blocks * size * 1000) / milliseconds;
  return [rate(spent[0]), rate(spent[1])];
}
