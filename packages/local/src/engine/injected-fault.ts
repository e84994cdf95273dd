import * as z from 'zod';

const text = z.string().min(1).max(200);
const account = z.string().regex(/^\d{12}$/);

/** Something that goes wrong in the local cloud on purpose. */
export const injectedFaultSchema = z.discriminatedUnion('kind', [
  /** CloudFormation answers an error in place of doing something, so many times. */
  z.object({
    kind: z.literal('error'),
    /** As the API names it, such as `CreateChangeSet`. */
    action: text,
    /** @default any account */
    account: account.exactOptional(),
    code: text,
    message: text,
    status: z.int().min(400).max(599),
    times: z.int().min(1).max(1000),
  }),
  /** A stack stands in a status, until other faults, or none, are asked for. */
  z.object({
    kind: z.literal('stack-status'),
    account,
    region: text,
    stackName: text,
    status: text,
  }),
]);
export type InjectedFault = z.output<typeof injectedFaultSchema>;
