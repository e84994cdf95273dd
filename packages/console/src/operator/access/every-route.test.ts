import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROL_ROUTES, type Route } from '@granary/api';
import { HEALTH_OPERATIONS } from '../health/health-operations';
import type { ControlOperation } from './may-call';

/** Operations that no page of the console calls, each with why. */
const ELSEWHERE: Partial<Readonly<Record<ControlOperation, string>>> = {
  createRegistration: 'the sign-up page calls it; operators have createTenant',
  getOperator: 'the list holds the same',
  getTenantUser: 'the list holds the same',
};

const FOLDER = join(__dirname, '..');
const SOURCE = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  .join('\n');
const routes: readonly Route[] = CONTROL_ROUTES;

test('everything that the control plane can do is called by a page', () => {
  const health = new Set<string>(HEALTH_OPERATIONS.map(({ operation }) => operation));
  const missing = routes
    .map(({ operation }) => operation)
    .filter((operation) => !health.has(operation) && !(operation in ELSEWHERE))
    .filter((operation) => !new RegExp(`\\b(control|client)\\.${operation}\\b`).test(SOURCE));
  expect(missing).toEqual([]);
});

test('no exception is kept for an operation that a page calls, or that is gone', () => {
  const known = new Set(routes.map(({ operation }) => operation));
  const stale = Object.keys(ELSEWHERE).filter(
    (operation) => !known.has(operation) || new RegExp(`\\b(control|client)\\.${operation}\\b`).test(SOURCE),
  );
  expect(stale).toEqual([]);
});

test('what changes something is behind a button that knows who may call it, or a page that asks', () => {
  const changes = routes.filter(({ method, access }) => method !== 'GET' && access !== 'public');
  const unguarded = changes
    .map(({ operation }) => operation)
    .filter((operation) => !SOURCE.includes(`'${operation}'`) && !SOURCE.includes(`"${operation}"`));
  expect(unguarded).toEqual([]);
});

test('no feature imports another', () => {
  const features = [
    'audit',
    'costs',
    'fleet',
    'health',
    'operations',
    'operators',
    'registrations',
    'releases',
    'tenant',
    'tenants',
  ];
  const crossing = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => {
    const own = file.split('/')[0] ?? '';
    if (!features.includes(own) || !/\.tsx?$/.test(file)) return false;
    const text = readFileSync(join(FOLDER, file), 'utf8');
    return features.some((other) => other !== own && text.includes(`from '../${other}/`));
  });
  expect(crossing).toEqual([]);
});
