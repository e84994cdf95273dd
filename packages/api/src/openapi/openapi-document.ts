import type * as z from 'zod';
import { problemSchema } from '../problem';
import { type Plane, pathParameters, type Route } from '../route';
import { EXAMPLES } from './examples';
import { PROBLEMS, problemStatuses } from './route-problems';
import { type JsonSchema, SchemaComponents } from './schema-components';

export interface OpenApiOptions {
  readonly plane: Plane;
  readonly routes: readonly Route[];
  /** Exports whose schemas become components under their names: those of this package. */
  readonly named: Readonly<Record<string, unknown>>;
}

/** A whole OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly paths: Readonly<Record<string, JsonSchema>>;
  readonly components: { readonly schemas: JsonSchema } & JsonSchema;
  readonly [key: string]: unknown;
}

const ABOUT: Readonly<Record<Plane, { readonly title: string; readonly description: string }>> = {
  control: {
    title: 'Granary control plane',
    description:
      'Tenants, their life, users, usage and bills. Lists come a page at a time: pass `nextToken` of the last answer until there is none; a filtered page may be short. Every read has an ETag for `If-None-Match`.',
  },
  application: {
    title: 'Granary application plane',
    description:
      'What the tenants use, in each deployment; a token shows the rows of its own tenant only. Lists come a page at a time: pass `nextToken` of the last answer until there is none. Every read has an ETag for `If-None-Match`.',
  },
};

const ETAG = { description: 'Of what was read.', schema: { type: 'string' }, example: '"3"' };
const RETRY_AFTER = { description: 'Seconds to wait.', schema: { type: 'integer' } };

/** The OpenAPI 3.1 document of a plane: all of it comes from the route table and its schemas. */
export function openApiDocument({ plane, routes, named }: OpenApiOptions): OpenApiDocument {
  const components = new SchemaComponents(named);
  const examples = new Map(Object.entries(EXAMPLES).map(([name, example]) => [named[name], example]));
  const problem = components.refer(problemSchema, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method.toLowerCase()] = operationOf(route, components, examples);
    paths[route.path] = methods;
  }
  const used = new Set(routes.flatMap((route) => problemStatuses(route)));
  const services = [...new Set(routes.map(({ service }) => service))].sort();
  const { document, schemas } = components.finish({
    paths,
    responses: Object.fromEntries(
      Object.entries(PROBLEMS)
        .filter(([status]) => used.has(Number(status)))
        .map(([status, [name, description]]) => [name, problemOf(Number(status), description, problem)]),
    ),
  });
  return {
    openapi: '3.1.0',
    info: {
      ...ABOUT[plane],
      version: '1.0.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: 'https://{apiId}.execute-api.{region}.amazonaws.com/prod',
        variables: { apiId: { default: 'abc123' }, region: { default: 'us-east-1' } },
      },
    ],
    security: [{ bearer: [] }],
    tags: services.map((name) => ({ name, description: `What the ${name} service answers.` })),
    paths: document.paths as OpenApiDocument['paths'],
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The id token of a user of the user pool.',
        },
      },
      responses: document.responses,
      schemas,
    },
  };
}

function operationOf(
  route: Route,
  components: SchemaComponents,
  examples: ReadonlyMap<unknown, unknown>,
): JsonSchema {
  const parameters = [
    ...parametersOf('path', route.params, components, pathParameters(route.path)),
    ...parametersOf('query', route.query, components),
    ...(route.ifMatch ? [header('If-Match', true, 'The ETag of what was read.')] : []),
    ...(route.method === 'GET' ? [header('If-None-Match', false, 'The ETag of what the caller has.')] : []),
  ];
  const example = examples.get(route.body);
  const body = route.body && {
    schema: components.refer(route.body, 'input'),
    ...(example === undefined ? {} : { example }),
  };
  const problems = problemStatuses(route).map((status) => [
    status,
    { $ref: `#/components/responses/${PROBLEMS[status]?.[0]}` },
  ]);
  return {
    operationId: route.operation,
    tags: [route.service],
    summary: route.summary,
    ...(route.access === 'public'
      ? { description: 'Anyone may call it.', security: [] }
      : { description: `Roles: ${route.access.join(', ')}.` }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': body } } } : {}),
    responses: {
      [route.success]: successOf(route, components),
      ...(route.method === 'GET' ? { 304: { description: 'It is still what the caller has.' } } : {}),
      ...Object.fromEntries(problems),
    },
  };
}

function successOf(route: Route, components: SchemaComponents): JsonSchema {
  if (!route.response) return { description: 'Done.' };
  const schema = components.refer(route.response, 'output');
  return {
    description: route.success === 202 ? 'It has begun.' : 'Done.',
    ...(route.method === 'GET' || route.ifMatch ? { headers: { ETag: ETAG } } : {}),
    content: { 'application/json': { schema } },
  };
}

function problemOf(status: number, description: string, schema: JsonSchema): JsonSchema {
  return {
    description,
    ...(status === 429 || status === 503 ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
    content: { 'application/problem+json': { schema } },
  };
}

function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  components: SchemaComponents,
  order: readonly string[] = Object.keys(schema?.shape ?? {}),
): JsonSchema[] {
  const fields = (schema?.shape ?? {}) as Readonly<Record<string, z.ZodType>>;
  return order.flatMap((name) => {
    const field = fields[name];
    if (!field) return [];
    const required = place === 'path' || !field.safeParse(undefined).success;
    return [{ name, in: place, required, schema: components.refer(field, 'input') }];
  });
}

function header(name: string, required: boolean, description: string): JsonSchema {
  return { name, in: 'header', required, description, schema: { type: 'string', examples: ['"3"'] } };
}
