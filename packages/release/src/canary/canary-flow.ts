import { entityTag, type Product, pageSchema, productSchema } from '@granary/api';
import type * as z from 'zod';

/** One request of the canary, and what must come back. */
export interface CanaryRequest {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the API's root, without a slash at the start. */
  readonly path: string;
  readonly status: number;
  /** @default nothing is sent */
  readonly body?: unknown;
  /** @default any version */
  readonly version?: number;
}

/** Makes a request and gives the answer's body, or undefined when it did not go as it must. */
export type Ask = (request: CanaryRequest) => Promise<unknown>;

/** What earlier canaries left behind is removed when it is this old, in milliseconds. */
const LEFT_BEHIND = 10 * 60_000;
const PAGE = 100;

/** A catalogue in small: create, read, list, remove. What is made is removed, whatever failed in between. */
export async function catalogueFlow(ask: Ask, marker: string, now: Date): Promise<void> {
  const product = await asked(ask, productSchema, {
    operation: 'createProduct',
    method: 'POST',
    path: 'products',
    status: 201,
    body: { sku: `canary-${marker}`, name: 'Canary', price: 1, category: 'canary' },
  });
  if (product)
    await ask({ operation: 'getProduct', method: 'GET', path: `products/${product.productId}`, status: 200 });
  const page = await asked(ask, pageSchema(productSchema), {
    operation: 'listProducts',
    method: 'GET',
    path: `products?limit=${PAGE}`,
    status: 200,
  });
  if (product) await remove(ask, product);
  for (const left of page?.items ?? [])
    if (now.getTime() - Date.parse(left.createdAt) > LEFT_BEHIND) await remove(ask, left);
}

/** What anyone may ask: the services' health, and a catalogue that a stranger must not see. */
export async function visitorFlow(ask: Ask): Promise<void> {
  for (const service of ['product', 'order'] as const)
    await ask({
      operation: `${service} health`,
      method: 'GET',
      path: `health/${service}`,
      status: 200,
    });
  await ask({ operation: 'listProducts', method: 'GET', path: 'products', status: 401 });
}

async function remove(ask: Ask, { productId, version }: Product): Promise<void> {
  await ask({
    operation: 'deleteProduct',
    method: 'DELETE',
    path: `products/${productId}`,
    status: 204,
    version,
  });
}

async function asked<Schema extends z.ZodType>(
  ask: Ask,
  schema: Schema,
  request: CanaryRequest,
): Promise<z.output<Schema> | undefined> {
  const parsed = schema.safeParse(await ask(request));
  return parsed.success ? parsed.data : undefined;
}

/** The headers of a request. The token is secret. */
export function headersOf(
  { body, version }: CanaryRequest,
  token: string | undefined,
): Record<string, string> {
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(version === undefined ? {} : { 'if-match': entityTag(version) }),
  };
}
