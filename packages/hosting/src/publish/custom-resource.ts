import * as z from 'zod';

/** What CloudFormation sends to a custom resource, as far as it is read here. */
const requestSchema = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceProperties: z.record(z.string(), z.unknown()),
});

export interface CustomResource {
  /** Makes what the properties say. @returns the resource's id; another one than before replaces it */
  make(properties: unknown): Promise<string>;
}

/** Sends an answer where CloudFormation waits for it. */
export type Reply = (url: string, body: string) => Promise<void>;

/** CloudFormation's longest answer is 4096 bytes. */
const REASON_LENGTH = 1000;

/**
 * Answers CloudFormation for a resource that leaves what it made when it goes. A failure is an answer as well: without
 * one, the stack would wait for an hour.
 *
 * @throws ZodError for what is no request of CloudFormation's
 */
export function customResource(resource: CustomResource, reply: Reply): (event: unknown) => Promise<void> {
  return async (event) => {
    const request = requestSchema.parse(event);
    const { RequestType, StackId, RequestId, LogicalResourceId, ResponseURL } = request;
    const known = request.PhysicalResourceId ?? `${LogicalResourceId}-not-made`;
    const answer = (more: object) =>
      reply(ResponseURL, JSON.stringify({ StackId, RequestId, LogicalResourceId, ...more }));
    let id: string;
    try {
      id = RequestType === 'Delete' ? known : await resource.make(request.ResourceProperties);
    } catch (error) {
      const Reason = (error as Error).message.slice(0, REASON_LENGTH);
      return answer({ Status: 'FAILED', PhysicalResourceId: known, Reason });
    }
    return answer({ Status: 'SUCCESS', PhysicalResourceId: id });
  };
}

/** @throws Error when the answer is not taken */
export const replyByHttp: Reply = async (url, body) => {
  // The signature of the URL covers no type.
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: ${response.status}`);
};
