import { operationKindSchema } from '@granary/api';
import { jsonSetting } from '@granary/auth';
import * as z from 'zod';

/** JSON: `{"<kind>": "<ARN>"}`, the state machines of the workflows. */
export const workflowMachinesSetting = jsonSetting(
  z.partialRecord(operationKindSchema, z.string().startsWith('arn:')),
);
