import type { Manifest } from '@granary/manifest';
import { Template } from 'aws-cdk-lib/assertions';
import { ReleaseError } from '../release-error';
import { ReleaseStage } from '../stage';
import { INLINE_CODE, sampleApp, sampleManifest, sampleTenant } from '../testing/sample';
import { cellReaders, MAXIMUM_NAMED_ACCOUNTS } from './cell-readers';

/** As many silos as told, each in an account of its own. */
function accounts(count: number, organization?: string): Manifest {
  const manifest = sampleManifest({
    tenants: Array.from({ length: count }, (_, index) =>
      sampleTenant(`tenant-${index}`, { account: String(400_000_000_000 + index) }),
    ),
  });
  return { ...manifest, toolchain: { ...manifest.toolchain, ...(organization ? { organization } : {}) } };
}

const size = (manifest: Manifest) => {
  const { stack } = new ReleaseStage(sampleApp(), { manifest, code: INLINE_CODE }, ['us-east-1']);
  const { Resources } = Template.fromStack(stack).toJSON();
  return JSON.stringify(Object.values(Resources)).length;
};

test('an account more is no statement more where the manifest names the organization', () => {
  expect(size(accounts(400, 'o-a1b2c3d4e5'))).toBe(size(accounts(4, 'o-a1b2c3d4e5')));
});

test('without an organization each account is named, up to what the policies hold', () => {
  // The toolchain's account and those of the pools are named too.
  expect(cellReaders(accounts(MAXIMUM_NAMED_ACCOUNTS - 3))).toHaveLength(MAXIMUM_NAMED_ACCOUNTS);
  expect(() => cellReaders(accounts(MAXIMUM_NAMED_ACCOUNTS - 2))).toThrow(ReleaseError);
  expect(() => cellReaders(accounts(500))).toThrow(/\$\.toolchain\.organization: 503 accounts/);
});
