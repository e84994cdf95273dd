import { CONTROL_ROUTES } from '@granary/api';
import type { ControlClient } from '@granary/client';
import type { Given } from './control-command';
import { CONTROL_COMMANDS } from './control-commands';
import { METERING_COMMANDS } from './metering-commands';
import { PEOPLE_COMMANDS } from './people-commands';
import { RELEASE_COMMANDS } from './release-commands';

const COMMANDS = [...CONTROL_COMMANDS, ...PEOPLE_COMMANDS, ...METERING_COMMANDS, ...RELEASE_COMMANDS];

/** The operations that a command asks for, of a client that answers everything with next to nothing. */
async function askedBy({ ask }: (typeof COMMANDS)[number], given: Given = {}): Promise<readonly string[]> {
  const asked: string[] = [];
  const answer = {
    version: 1,
    items: [],
    tenants: [],
    meters: [],
    lines: [],
    queues: [],
    changes: [],
    kept: [],
    waves: [],
    release: {},
  };
  const client = new Proxy({} as ControlClient, {
    get: (_, operation) => async () => {
      asked.push(String(operation));
      return answer;
    },
  });
  await ask(client, given, new AbortController().signal);
  return asked;
}

test('every operation that an operator may ask for has a command, and each command asks for such a one', async () => {
  // Some ask for another one with this.
  const all = COMMANDS.flatMap((command) => [askedBy(command), askedBy(command, { tenant: 'acme' })]);
  const asked = new Set((await Promise.all(all)).flat());
  const open = CONTROL_ROUTES.filter(({ access }) => access !== 'public').map(({ operation }) => operation);
  expect(open.filter((operation) => !asked.has(operation))).toEqual([]);
  expect(
    [...asked].filter((operation) => !CONTROL_ROUTES.some((route) => route.operation === operation)),
  ).toEqual([]);
});
