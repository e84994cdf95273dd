import * as z from 'zod';

/** Id of an API key, as API Gateway makes it; it becomes part of a request's query. */
export const usageKeyIdSchema = z.string().regex(/^[A-Za-z0-9]{1,64}$/, 'must be the id of an api key');
