import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { meterReader } from './meter-reader';

const environment = parseEnvironment(
  z.object({
    EVENT_BUS_ARN: z
      .string()
      .regex(/^arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\/.+$/, 'must be the ARN of a bus'),
    AWS_REGION: z.string(),
  }),
);

/** The bus may be in another region than the deployment. */
const [, , , busRegion = environment.AWS_REGION] = environment.EVENT_BUS_ARN.split(':');

/** The meter reader. Environment: EVENT_BUS_ARN. */
export const handler = observed(
  createTelemetry('meter-reader'),
  meterReader({
    client: new EventBridgeClient({ region: busRegion }),
    eventBusArn: environment.EVENT_BUS_ARN,
    region: environment.AWS_REGION,
  }),
);
