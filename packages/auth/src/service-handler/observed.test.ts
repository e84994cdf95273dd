import type { FunctionContext } from './observed';
import { observed } from './observed';
import { createTelemetry } from './telemetry';

const TENANT = 'acme';
const OPERATION = '01JDXY0000000000000000TEST';
const CONTEXT = { awsRequestId: 'r-1', functionName: 'f', memoryLimitInMB: '128' } as FunctionContext;

/** Powertools write to a console of their own, which no option replaces. */
const consoleOf = (writer: unknown) => (writer as { readonly console: Console }).console;

/** The lines that a call writes: those of its log, and those that are metrics. */
async function linesOf(
  event: unknown,
  handler: (telemetry: ReturnType<typeof createTelemetry>) => Promise<unknown>,
  refuses?: (error: unknown) => boolean,
) {
  const lines: Record<string, unknown>[] = [];
  const keep = (...[line]: unknown[]) => void lines.push(JSON.parse(String(line)));
  const telemetry = createTelemetry('steps', {});
  for (const method of ['info', 'error', 'warn'] as const)
    jest.spyOn(consoleOf(telemetry.logger), method).mockImplementation(keep);
  jest.spyOn(consoleOf(telemetry.metrics), 'log').mockImplementation(keep);
  const call = observed(telemetry, () => handler(telemetry), refuses ? { refuses } : {});
  const outcome = await call(event, CONTEXT).catch((error: unknown) => error);
  return { outcome, log: lines.filter((line) => !line._aws), metrics: lines.filter((line) => line._aws) };
}

const info = (message: string) => async (telemetry: ReturnType<typeof createTelemetry>) =>
  telemetry.logger.info(message);

test('each line of a call carries what the event names, and the id that the work is followed by', async () => {
  const event = { operationId: OPERATION, tenantId: TENANT, step: 'provision', taskToken: 'secret/token' };
  const { log } = await linesOf(event, info('done'));
  expect(log).toEqual([
    expect.objectContaining({
      message: 'done',
      operationId: OPERATION,
      tenantId: TENANT,
      step: 'provision',
      correlationId: OPERATION,
    }),
  ]);
  expect(JSON.stringify(log)).not.toContain('secret');
});

test.each([
  ['an event of the bus', { detail: { tenantRegistrationId: OPERATION, tenantId: TENANT } }, OPERATION],
  ['an order of a release', { order: { runId: 'run-1', deploymentId: TENANT } }, 'run-1'],
  ['a wave of a release', { runId: 'run-1', wave: 'canary' }, 'run-1'],
])('%s is followed by the id of the work that it belongs to', async (_name, event, id) => {
  const { log } = await linesOf(event, info('done'));
  expect(log[0]).toMatchObject({ correlationId: id });
});

test('a value that is no id of ours stays out of the log', async () => {
  const { log } = await linesOf(
    { tenantId: { secret: 1 }, step: 'a\nforged line', action: 'x'.repeat(200) },
    info('done'),
  );
  for (const name of ['tenantId', 'step', 'action', 'correlationId']) expect(log[0]).not.toHaveProperty(name);
});

test('a call is counted and timed by service alone; who it was for is no dimension', async () => {
  const { metrics } = await linesOf({ tenantId: TENANT }, info('done'));
  expect(metrics).toEqual([
    expect.objectContaining({ service: 'steps', tenantId: TENANT, Calls: 1, CallFailures: 0, Refusals: 0 }),
  ]);
  const [{ CloudWatchMetrics }] = [metrics[0]?._aws as { CloudWatchMetrics: { Dimensions: string[][] }[] }];
  expect(CloudWatchMetrics[0]?.Dimensions).toEqual([['service']]);
});

test('a failure is logged, counted and thrown on', async () => {
  const failure = new Error('the table is gone');
  const { outcome, log, metrics } = await linesOf({ tenantId: TENANT }, () => Promise.reject(failure));
  expect(outcome).toBe(failure);
  expect(log).toEqual([expect.objectContaining({ level: 'ERROR', tenantId: TENANT })]);
  expect(metrics).toEqual([expect.objectContaining({ CallFailures: 1, Refusals: 0 })]);
});

test('a refusal is counted, and is no failure', async () => {
  const refusal = new Error('Unauthorized');
  const { outcome, log, metrics } = await linesOf(
    {},
    () => Promise.reject(refusal),
    () => true,
  );
  expect(outcome).toBe(refusal);
  expect(log).toEqual([]);
  expect(metrics).toEqual([expect.objectContaining({ CallFailures: 0, Refusals: 1 })]);
});

test('nothing of one call is left on the next one’s lines', async () => {
  const telemetry = createTelemetry('steps', {});
  const lines: string[] = [];
  jest
    .spyOn(telemetry.logger['console'] as Console, 'info')
    .mockImplementation((line) => void lines.push(line));
  jest.spyOn(telemetry.metrics['console'] as Console, 'log').mockImplementation(() => undefined);
  const call = observed<unknown, void>(telemetry, async () => telemetry.logger.info('done'));
  await call({ tenantId: TENANT }, CONTEXT);
  await call({}, CONTEXT);
  expect(lines[0]).toContain(TENANT);
  expect(lines[1]).not.toContain(TENANT);
});
