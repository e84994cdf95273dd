import * as z from 'zod';

/** What a service says of itself. */
export const healthSchema = z.object({ service: z.string(), status: z.literal('ok') });
