import type { Environment } from '@granary/manifest';

/**
 * Names that one account has to know of another before the resource exists. Everything else is named by
 * CloudFormation, so that several tenants share an account and region.
 */

/** Role of the control plane's onboarding function, in the control plane's account. */
export function onboardingRoleName(application: string): string {
  return `${application}-control-plane-onboarding`;
}

/** Role that the onboarding function assumes, in the deployment's account: 63 of IAM's 64 characters at most. */
export function provisioningRoleName(application: string, deploymentId: string): string {
  return `${application}-${deploymentId}-provision`;
}

/** Role of the pipeline's step that registers deployments, in the toolchain's account. */
export function registrarRoleName(application: string): string {
  return `${application}-deployment-registrar`;
}

/** The control plane's function that registers deployments. */
export function deploymentFunctionName(application: string): string {
  return `${application}-control-plane-deployment`;
}

/** Alias that every function is called by. */
export const LIVE = 'live';

/** ARN of a role by its name. */
export function roleArn(partition: string, account: string, roleName: string): string {
  return `arn:${partition}:iam::${account}:role/${roleName}`;
}

/** ARN of the alias that registers deployments. */
export function deploymentFunctionArn(partition: string, place: Environment, application: string): string {
  return `arn:${partition}:lambda:${place.region}:${place.account}:function:${deploymentFunctionName(application)}:${LIVE}`;
}
