import type { DeploymentTarget, Manifest } from '@granary/manifest';
import { stackName } from '@granary/manifest';
import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CodeStack } from './distributed/code-stack';
import type { FunctionCode } from './function-code';
import { ReleaseStack } from './release/release-stack';
import { ControlPlaneStack } from './stacks/control-plane-stack';
import { TenantStack } from './stacks/tenant-stack';

export interface StageProps {
  readonly manifest: Manifest;
  readonly code: FunctionCode;
}

export interface ControlPlaneStageProps extends StageProps {
  /** Folder of the pages' build. @default the plane has no pages */
  readonly pages?: string | undefined;
}

/** The release engine, as one unit of a release: with a bucket for code in each region that it deploys to itself. */
export class ReleaseStage extends Stage {
  readonly stack: ReleaseStack;

  constructor(scope: Construct, { manifest, code }: StageProps, codeRegions: readonly string[]) {
    const { account, region } = manifest.toolchain;
    super(scope, 'Release', { env: { account, region } });
    this.stack = new ReleaseStack(this, 'Stack', {
      stackName: stackName(manifest, 'release'),
      description: 'Granary: the release engine',
      manifest,
      code,
    });
    for (const each of codeRegions)
      new CodeStack(this, `Code-${each}`, {
        env: { account, region: each },
        stackName: stackName(manifest, `code-${each}`),
        description: 'Granary: code of the functions, for the release engine',
        manifest,
      });
  }
}

/** The control plane, as one unit of a release. */
export class ControlPlaneStage extends Stage {
  readonly stack: ControlPlaneStack;

  constructor(scope: Construct, { manifest, code, pages }: ControlPlaneStageProps) {
    const { account, region } = manifest.controlPlane;
    super(scope, 'ControlPlane', { env: { account, region } });
    this.stack = new ControlPlaneStack(this, 'Stack', {
      stackName: stackName(manifest, 'control-plane'),
      description: 'Granary: the control plane',
      manifest,
      code,
      pages,
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
      pool: target.kind === 'pool',
      settings: target.kind === 'silo' ? 'valued' : 'literal',
      controlAccount: manifest.controlPlane.account,
      controlRegion: manifest.controlPlane.region,
      toolchainAccount: manifest.toolchain.account,
      code,
    });
  }
}
