import type { DeploymentTarget, Manifest } from '@granary/manifest';
import { stackName } from '@granary/manifest';
import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionCode } from './function-code';
import { ControlPlaneStack } from './stacks/control-plane-stack';
import { TenantStack } from './stacks/tenant-stack';

export interface StageProps {
  readonly manifest: Manifest;
  readonly code: FunctionCode;
}

/** The control plane, as one unit of a release. */
export class ControlPlaneStage extends Stage {
  readonly stack: ControlPlaneStack;

  constructor(scope: Construct, { manifest, code }: StageProps) {
    const { account, region } = manifest.controlPlane;
    super(scope, 'ControlPlane', { env: { account, region } });
    this.stack = new ControlPlaneStack(this, 'Stack', {
      stackName: stackName(manifest, 'control-plane'),
      description: 'Granary: the control plane',
      manifest,
      code,
    });
  }
}

/** One pool or silo tenant, as one unit of a release. */
export class DeploymentStage extends Stage {
  readonly stack: TenantStack;

  constructor(
    scope: Construct,
    readonly target: DeploymentTarget,
    { manifest, code }: StageProps,
  ) {
    const { account, region } = target;
    super(scope, target.id, { env: { account, region } });
    this.stack = new TenantStack(this, 'Stack', {
      stackName: target.stackName,
      description: 'Granary: a deployment of the application plane',
      application: manifest.application,
      deploymentId: target.id,
      tiers: target.tiers,
      ...(target.identity ? { identity: target.identity } : {}),
      credentialVending: target.credentialVending,
      controlAccount: manifest.controlPlane.account,
      code,
    });
  }
}
