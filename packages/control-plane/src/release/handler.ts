import { LambdaClient } from '@aws-sdk/client-lambda';
import { parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { auditRequests } from '../audit/audit-requests';
import { openControlTable } from '../control-table/open-control-table';
import { LambdaReleaseEngine } from './release-engine';
import { releaseService } from './release-service';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    RELEASE_CONTROL_FUNCTION_ARN: z.string().startsWith('arn:'),
  }),
);

const [, , , region = ''] = environment.RELEASE_CONTROL_FUNCTION_ARN.split(':');
// One attempt: an order that was sent twice would be refused the second time, and look as if it had failed.
const lambda = new LambdaClient({
  region,
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 26_000, throwOnRequestTimeout: true },
});

export const handler = releaseService({
  engine: new LambdaReleaseEngine(lambda, environment.RELEASE_CONTROL_FUNCTION_ARN),
  audit: auditRequests(openControlTable(environment.CONTROL_TABLE_NAME)),
});
