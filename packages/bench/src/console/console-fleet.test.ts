import { CONTROL_ROUTES, type Route } from '@granary/api';
import type { FakeCall } from '@granary/browser';
import { consoleFleet } from './console-fleet';

let fleet: ReturnType<typeof consoleFleet>;
beforeEach(() => {
  fleet = consoleFleet(250, 100);
});

const ask = (operation: string, query: object) =>
  fleet[operation]?.({ operation, params: {}, query, body: null, headers: {} } as FakeCall);
const schemaOf = (name: string) =>
  (CONTROL_ROUTES as readonly Route[]).find(({ operation }) => operation === name)?.response;

test('tenants come page by page until there are no more', () => {
  const first = ask('listTenants', { limit: 100 }) as { items: unknown[]; nextToken?: string };
  const last = ask('listTenants', { limit: 100, nextToken: '200' }) as {
    items: unknown[];
    nextToken?: string;
  };
  expect([first.items.length, first.nextToken]).toEqual([100, '100']);
  expect([last.items.length, last.nextToken]).toEqual([50, undefined]);
});

test('a wave goes on with every look', () => {
  const done = () => {
    const { waves } = ask('getRelease', {}) as { waves: { deployments: { state: string }[] }[] };
    return waves[0]?.deployments.filter(({ state }) => state !== 'waiting').length;
  };
  expect([done(), done(), done()]).toEqual([10, 20, 30]);
});

test.each(['listPlans', 'listTenants', 'listDeployments', 'listReleases', 'getRelease'])(
  '%s answers as its route says',
  (name) => {
    expect(schemaOf(name)?.safeParse(ask(name, { limit: 100 })).error).toBeUndefined();
  },
);
