import * as z from 'zod';
import { TENANT_ROLES } from '../role';
import type { Route } from '../route';
import { healthSchema } from '../schemas/health';
import { openApiSchema } from '../schemas/openapi';
import { orderIdSchema, orderInputSchema, orderSchema } from '../schemas/order';
import { pageQuerySchema, pageSchema } from '../schemas/page';
import { productIdSchema, productInputSchema, productSchema } from '../schemas/product';
import { usageSchema } from '../schemas/usage';
import { USER_ROUTES } from './user-routes';

export { USER_ROUTES };

const productParams = z.object({ productId: productIdSchema });
const orderParams = z.object({ orderId: orderIdSchema });

const product = { plane: 'application', service: 'product' } as const;
const order = { plane: 'application', service: 'order' } as const;
const usage = { plane: 'application', service: 'usage' } as const;

export const PRODUCT_ROUTES = [
  {
    ...product,
    operation: 'createProduct',
    method: 'POST',
    path: '/products',
    access: TENANT_ROLES,
    summary: 'Add a product to the catalogue.',
    body: productInputSchema,
    success: 201,
    response: productSchema,
  },
  {
    ...product,
    operation: 'listProducts',
    method: 'GET',
    path: '/products',
    access: TENANT_ROLES,
    summary: 'List the products, a page at a time.',
    query: pageQuerySchema,
    success: 200,
    response: pageSchema(productSchema),
  },
  {
    ...product,
    operation: 'getProduct',
    method: 'GET',
    path: '/products/{productId}',
    access: TENANT_ROLES,
    summary: 'Read one product.',
    params: productParams,
    success: 200,
    response: productSchema,
  },
  {
    ...product,
    operation: 'updateProduct',
    method: 'PUT',
    path: '/products/{productId}',
    access: TENANT_ROLES,
    summary: 'Replace a product, if it is still the version that the caller read.',
    params: productParams,
    body: productInputSchema,
    ifMatch: true,
    success: 200,
    response: productSchema,
  },
  {
    ...product,
    operation: 'deleteProduct',
    method: 'DELETE',
    path: '/products/{productId}',
    access: ['TenantAdmin'],
    summary: 'Remove a product, if it is still the version that the caller read.',
    params: productParams,
    ifMatch: true,
    success: 204,
  },
  {
    ...product,
    operation: 'readProductHealth',
    method: 'GET',
    path: '/health/product',
    access: 'public',
    summary: 'Say whether the product service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];

export const ORDER_ROUTES = [
  {
    ...order,
    operation: 'createOrder',
    method: 'POST',
    path: '/orders',
    access: TENANT_ROLES,
    summary: 'Place an order for products of the catalogue.',
    body: orderInputSchema,
    success: 201,
    response: orderSchema,
  },
  {
    ...order,
    operation: 'listOrders',
    method: 'GET',
    path: '/orders',
    access: TENANT_ROLES,
    summary: 'List the orders, a page at a time.',
    query: pageQuerySchema,
    success: 200,
    response: pageSchema(orderSchema),
  },
  {
    ...order,
    operation: 'getOrder',
    method: 'GET',
    path: '/orders/{orderId}',
    access: TENANT_ROLES,
    summary: 'Read one order.',
    params: orderParams,
    success: 200,
    response: orderSchema,
  },
  {
    ...order,
    operation: 'updateOrder',
    method: 'PUT',
    path: '/orders/{orderId}',
    access: TENANT_ROLES,
    summary: 'Replace an order, if it is still the version that the caller read.',
    params: orderParams,
    body: orderInputSchema,
    ifMatch: true,
    success: 200,
    response: orderSchema,
  },
  {
    ...order,
    operation: 'deleteOrder',
    method: 'DELETE',
    path: '/orders/{orderId}',
    access: ['TenantAdmin'],
    summary: 'Remove an order, if it is still the version that the caller read.',
    params: orderParams,
    ifMatch: true,
    success: 204,
  },
  {
    ...order,
    operation: 'readOrderHealth',
    method: 'GET',
    path: '/health/order',
    access: 'public',
    summary: 'Say whether the order service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];

export const USAGE_ROUTES = [
  {
    ...usage,
    operation: 'getUsage',
    method: 'GET',
    path: '/usage',
    access: TENANT_ROLES,
    summary: "Read the tenant's limits and what is left of today's requests. It is a request like any other.",
    success: 200,
    response: usageSchema,
  },
  {
    ...usage,
    operation: 'readOpenApi',
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    summary: 'Read what this API is, as an OpenAPI document.',
    maxAge: 300,
    success: 200,
    response: openApiSchema,
  },
  {
    ...usage,
    operation: 'readUsageHealth',
    method: 'GET',
    path: '/health/usage',
    access: 'public',
    summary: 'Say whether the usage service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];

const ROUTES = [
  ...PRODUCT_ROUTES,
  ...ORDER_ROUTES,
  ...USAGE_ROUTES,
  ...USER_ROUTES,
] as const satisfies readonly Route[];

/** Any route of the application plane, as the compiler knows it. */
export type ApplicationRoute = (typeof ROUTES)[number];

/** The whole API of the application plane. */
export const APPLICATION_ROUTES: readonly Route[] = ROUTES;
