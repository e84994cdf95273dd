import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as face from '../index';
import { EXAMPLES } from './examples';
import { type OpenApiDocument, openApiDocument } from './openapi-document';
import { openApiFile } from './openapi-file';
import { PROBLEMS } from './route-problems';

const FOLDER = join(__dirname, '..', '..', '..', '..', 'docs', 'openapi');
const TABLES = { control: face.CONTROL_ROUTES, application: face.APPLICATION_ROUTES } as const;

describe.each(['control', 'application'] as const)('the OpenAPI document of the %s plane', (plane) => {
  const routes = TABLES[plane];
  const document: OpenApiDocument = openApiDocument({ plane, routes, named: face });
  const text = JSON.stringify(document);

  test('is what the repository holds; `pnpm --filter @granary/api generate` writes it', () => {
    expect(readFileSync(join(FOLDER, `${plane}.json`), 'utf8')).toBe(openApiFile(plane, face));
  });

  test('satisfies an independent linter', () => {
    const linter = join(dirname(require.resolve('@redocly/cli/package.json')), 'bin', 'cli.js');
    const file = join(FOLDER, `${plane}.json`);
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const report = execFileSync(
      process.execPath,
      [linter, 'lint', file, '--extends=recommended', '--format=json', '--max-problems=500'],
      { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    expect(JSON.parse(report).totals).toMatchObject({ errors: 0, warnings: 0 });
  }, 60_000);

  test('has every route, each with its own name', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path)) as {
      operationId: string;
    }[];
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      routes.map(({ operation }) => operation).sort(),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  test('refers to what it holds, and holds nothing else', () => {
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
    expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
    expect(text).not.toMatch(/granary:(in|out)put|\$defs/);
  });

  test('says which errors a route can give', () => {
    for (const route of routes) {
      const { responses, security } = (document.paths[route.path] ?? {})[route.method.toLowerCase()] as {
        responses: Record<string, { $ref?: string }>;
        security?: unknown;
      };
      expect(responses).toHaveProperty(String(route.success));
      for (const status of [429, 500, 503]) expect(responses).toHaveProperty(String(status));
      expect('401' in responses && '403' in responses).toBe(route.access !== 'public');
      expect('412' in responses && '428' in responses).toBe(route.ifMatch === true);
      expect(security).toEqual(route.access === 'public' ? [] : undefined);
      for (const [status, { $ref }] of Object.entries(responses))
        if (Number(status) >= 400)
          expect($ref).toBe(`#/components/responses/${PROBLEMS[Number(status)]?.[0]}`);
    }
  });
});

test.each(Object.entries(EXAMPLES))('the example of %s is one', (name, example) => {
  const schema = (face as unknown as Record<string, { parse(value: unknown): unknown }>)[name];
  expect(schema?.parse(example)).toEqual(example);
});
