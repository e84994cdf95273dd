import type { Stacks } from '../deployer/stacks';
import { UnknownReleaseError } from '../release-error';
import { MemoryReleaseTable } from '../testing/memory-release-table';
import { recordVersion } from './record-version';
import { currentVersion } from './versions';

const TEMPLATE = JSON.stringify({
  Parameters: {
    DeploymentId: { Type: 'String' },
    BootstrapVersion: {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/cdk-bootstrap/hnb659fds/version',
    },
  },
  Resources: {},
});

const REQUEST = {
  deploymentId: 'acme',
  kind: 'silo',
  account: '222222222222',
  region: 'us-east-1',
  stackName: 'granary-acme',
  release: 'a'.repeat(40),
  wave: 'canary',
  runId: 'run-1',
  mode: 'pipeline',
  deployedAt: '2026-11-24T12:00:00.000Z',
  result: 'succeeded',
} as const;

function setting(found: boolean) {
  const stacks = {
    describe: async () =>
      found
        ? {
            stackId: 'arn:stack',
            status: 'UPDATE_COMPLETE',
            parameters: { DeploymentId: 'acme', BootstrapVersion: '33' },
            outputs: { ApiUrl: 'https://api.example.com/', AlarmNames: 'one,other' },
          }
        : undefined,
    template: async () => TEMPLATE,
  } as unknown as Stacks;
  const stored = new Map<string, string>();
  const table = new MemoryReleaseTable();
  const objects = { put: async (key: string, body: string) => void stored.set(key, body) };
  return { table, stored, dependencies: { table, objects, stacksIn: () => stacks } };
}

test('a version is the template, the parameters that the stack was given and its outputs', async () => {
  const { table, stored, dependencies } = setting(true);
  const version = await recordVersion(REQUEST, dependencies);
  expect(version.parameters).toEqual({ DeploymentId: 'acme' });
  expect(version.outputs).toEqual({ apiUrl: 'https://api.example.com/', alarmNames: ['one', 'other'] });
  expect([...stored.keys()]).toEqual([`templates/${version.templateDigest}.json`]);
  await expect(currentVersion(table, 'acme')).resolves.toEqual(version);
});

test('a stack that is not there cannot be recorded', async () => {
  const { dependencies } = setting(false);
  await expect(recordVersion(REQUEST, dependencies)).rejects.toThrow(UnknownReleaseError);
});
