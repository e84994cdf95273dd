import { RESERVED_DEPLOYMENT_IDS } from '@granary/manifest';
import { RESERVED_IDS } from './reserved-id';

test('what the manifest reserves is reserved here', () => {
  expect([...RESERVED_IDS].sort()).toEqual([...RESERVED_DEPLOYMENT_IDS].sort());
});
