import { jsonSetting } from '@granary/auth';
import * as z from 'zod';
import { workflowMachinesSetting } from '../workflow/workflow-machines';
import { tiersSchema } from './tier-facts';

/** What the registration function's stack tells it. */
export const registrationEnvironmentSchema = z.object({
  CONTROL_TABLE_NAME: z.string().min(3),
  WORKFLOW_MACHINES: workflowMachinesSetting,
  /** JSON: `{"<tier>": {"model": "pool"}}`. */
  TIERS: jsonSetting(tiersSchema),
});
