import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { canonicalTemplate } from '../version/template-store';
import { detectDrift, driftFound, listStacks, lookingClient, readStack } from './cell-stacks';

const environment = parseEnvironment(z.object({ PARTITION: z.string().default('aws') }));
const sts = new STSClient({});
const place = { account: z.string().regex(/^\d{12}$/), region: z.string().min(5).max(32) };
const stackName = z.string().min(1).max(128);

const requestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('list'), ...place, prefix: z.string().min(2) }),
  z.object({ action: z.literal('inspect'), ...place, stackName, seconds: z.number().min(0).max(60) }),
]);

/** The one function of the release engine that looks at stacks as they are, not as they are recorded. */
export const handler = observed(
  createTelemetry('release-inspector'),
  async (event: unknown): Promise<object> => {
    const request = requestSchema.parse(event);
    const client = await lookingClient(sts, environment.PARTITION, request);
    if (request.action === 'list') return { stacks: await listStacks(client, request.prefix) };
    const stack = await readStack(client, request.stackName);
    if (!stack) return {};
    const { template, ...state } = stack;
    const detection = await detectDrift(client, request.stackName);
    const until = Date.now() + request.seconds * 1000;
    let changed = await driftFound(client, request.stackName, detection);
    while (changed === undefined && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      changed = await driftFound(client, request.stackName, detection);
    }
    return {
      stack: { ...state, templateDigest: canonicalTemplate(template).digest },
      ...(changed ? { changed } : {}),
    };
  },
);
