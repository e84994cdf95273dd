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

/** Role of the control plane's functions that manage tenants' users, in the control plane's account. */
export function userManagerRoleName(application: string, kind: 'service' | 'sweep'): string {
  return `${application}-control-plane-users-${kind}`;
}

/** Role that they assume, in the deployment's account. */
export function usersRoleName(application: string, deploymentId: string): string {
  return `${application}-${deploymentId}-users`;
}

/** Role of the control plane's function that moves tenants' rows, in the control plane's account. */
export function dataFunctionRoleName(application: string): string {
  return `${application}-control-plane-tenant-data`;
}

/** The control plane's function that moves tenants' rows. */
export function dataFunctionName(application: string): string {
  return `${application}-control-plane-tenant-data`;
}

/** Role that it assumes, in the deployment's account. */
export function dataRoleName(application: string, deploymentId: string): string {
  return `${application}-${deploymentId}-data`;
}

/** Role in the toolchain's account by which the onboarding function changes the manifest in CodeCommit. */
export function sourceEditorRoleName(application: string): string {
  return `${application}-source-editor`;
}

/** Role of the pipeline's step that registers deployments, in the toolchain's account. */
export function registrarRoleName(application: string): string {
  return `${application}-deployment-registrar`;
}

/** The control plane's function that registers deployments. */
export function deploymentFunctionName(application: string): string {
  return `${application}-control-plane-deployment`;
}

/** The state machine of a workflow, in the control plane's account and region. */
export function workflowMachineName(application: string, kind: string): string {
  return `${application}-${kind}`;
}

/** The bus between the planes, in the control plane's account and region. */
export function eventBusName(application: string): string {
  return `${application}-events`;
}

/** Parameter that says who bills, in the control plane's account and region: people make it. */
export function billingParameterName(application: string): string {
  return `/${application}/billing`;
}

/** Secret that holds the billing provider's key, in the same place. */
export function billingSecretName(application: string): string {
  return `${application}/billing-key`;
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

/** Bucket of templates, plans and orders, in the toolchain's account and region. */
export function versionsBucketName(application: string, { account, region }: Environment): string {
  return `${application}-versions-${account}-${region}`;
}

/** Buckets of the functions' code for stacks that the state machine deploys: one in each region. */
export function codeBucketName(application: string, { account, region }: Environment): string {
  return `${application}-code-${account}-${region}`;
}

/** The function that records versions, in the toolchain's account and region. */
export function recorderFunctionName(application: string): string {
  return `${application}-release-recorder`;
}

/** Role of the function that deploys, in the toolchain's account. */
export function deployerRoleName(application: string): string {
  return `${application}-release-deployer`;
}

/** Role of the function that watches waves, in the toolchain's account. */
export function observerRoleName(application: string): string {
  return `${application}-release-observer`;
}

/** Role that it assumes, in the deployment's account. */
export function watchRoleName(application: string, deploymentId: string): string {
  return `${application}-${deploymentId}-watch`;
}

/** The function that lets releases into waves, in the toolchain's account and region. */
export function entryFunctionName(application: string): string {
  return `${application}-release-entry`;
}

/** The function that starts the rollback of a wave whose stage failed, in the toolchain's account and region. */
export function haltFunctionName(application: string): string {
  return `${application}-release-halt`;
}

/** The function that answers questions about releases and takes orders, in the toolchain's account and region. */
export function releaseControlFunctionName(application: string): string {
  return `${application}-release-control`;
}

/** The state machine that takes a wave through, in the toolchain's account and region. */
export function waveMachineName(application: string): string {
  return `${application}-release-wave`;
}

/** ARN of the live alias of a function by its name. */
export function liveArn(partition: string, { account, region }: Environment, functionName: string): string {
  return `arn:${partition}:lambda:${region}:${account}:function:${functionName}:${LIVE}`;
}

/** The state machine that takes a rollback through its waves, in the toolchain account and region. */
export function rollbackMachineName(application: string): string {
  return `${application}-release-rollback`;
}

/** The state machine that carries out one order, in the toolchain account and region. */
export function deployMachineName(application: string): string {
  return `${application}-release-deploy`;
}
