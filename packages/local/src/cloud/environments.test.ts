import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadManifest } from '@granary/manifest';
import { environmentsOf } from './environments';

const manifest = loadManifest(readFileSync(join(__dirname, 'fixtures/project/tenants.json'), 'utf8'));

test('the toolchain is in every region; workloads trust it, each once', () => {
  expect(environmentsOf(manifest)).toEqual({
    application: 'granary',
    branch: 'main',
    toolchain: { account: '111111111111', region: 'us-east-1' },
    controlPlane: { account: '222222222222', region: 'us-east-1' },
    all: [
      { account: '111111111111', region: 'us-east-1' },
      { account: '111111111111', region: 'eu-west-1' },
      { account: '222222222222', region: 'us-east-1', trusts: '111111111111' },
      { account: '333333333333', region: 'eu-west-1', trusts: '111111111111' },
    ],
  });
});

test('a workload in the toolchain account trusts nobody', () => {
  const toolchain = { account: '111111111111', region: 'us-east-1' };
  const { all } = environmentsOf({
    ...manifest,
    controlPlane: toolchain,
    cells: [{ id: 'one', ...toolchain }],
  });
  expect(all).toEqual([toolchain]);
});
