import { deploymentFunctionName, onboardingRoleName, provisioningRoleName, registrarRoleName } from './names';

/** The longest names that the manifest takes. */
const APPLICATION = 'a'.repeat(20);
const DEPLOYMENT = 'd'.repeat(32);

test.each([
  ['the provisioning role', provisioningRoleName(APPLICATION, DEPLOYMENT)],
  ['the onboarding role', onboardingRoleName(APPLICATION)],
  ['the registrar role', registrarRoleName(APPLICATION)],
  ['the deployment function', deploymentFunctionName(APPLICATION)],
])('%s has at most the 64 characters that AWS allows', (_, name) => {
  expect(name.length).toBeLessThanOrEqual(64);
});
