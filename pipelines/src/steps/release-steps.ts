import { APPLICATION_ROUTES, CONTROL_ROUTES, type Route } from '@granary/api';
import type { Manifest } from '@granary/manifest';
import { smokeRoutes } from '@granary/release';
import { Duration, Stack } from 'aws-cdk-lib';
import { BuildSpec, PipelineProject, type PipelineProjectProps } from 'aws-cdk-lib/aws-codebuild';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { FileSet } from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import { ReleasePublisher } from '../distributed/release-publisher';
import type { TierTemplates } from '../distributed/tier-templates';
import {
  deploymentFunctionArn,
  liveArn,
  recorderFunctionName,
  registrarRoleName,
  waveMachineName,
} from '../names';
import type { ControlPlaneStage, DeploymentStage } from '../stage';
import { NODE } from '../tools';
import { BuildStep } from './build-step';
import { MachineStep } from './machine-step';

export interface ReleaseStepsProps {
  readonly manifest: Manifest;
  /** The folder of the bundled step scripts. */
  readonly scripts: FileSet;
  /** The cloud assembly: templates, assets, the plan. */
  readonly assembly: FileSet;
  /** The commit that is released: a pipeline variable. */
  readonly release: string;
  /** What every build of the pipeline has in common. */
  readonly project: PipelineProjectProps;
}

/** The checks and reports that follow a deployment. */
export class ReleaseSteps extends Construct {
  private readonly registrar: PipelineProject;
  private readonly tester: PipelineProject;
  private readonly machine: IStateMachine;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReleaseStepsProps,
  ) {
    super(scope, id);
    const { manifest } = props;
    const { partition } = Stack.of(this);
    this.tester = this.build('SmokeTest', 'smoke-test.js', Duration.minutes(10));
    const role = new Role(this, 'RegistrarRole', {
      roleName: registrarRoleName(manifest.application),
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
      description: 'Registers deployments with the control plane',
    });
    const registration = deploymentFunctionArn(partition, manifest.controlPlane, manifest.application);
    const recorder = liveArn(partition, manifest.toolchain, recorderFunctionName(manifest.application));
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [registration, recorder] }),
    );
    this.registrar = this.build('Registration', 'register-deployment.js', Duration.minutes(30), {
      role,
      environmentVariables: {
        DEPLOYMENT_FUNCTION_ARN: { value: registration },
        RECORDER_FUNCTION_ARN: { value: recorder },
      },
    });
    const { region, account } = Stack.of(this);
    this.machine = StateMachine.fromStateMachineArn(
      this,
      'WaveMachine',
      `arn:${partition}:states:${region}:${account}:stateMachine:${waveMachineName(manifest.application)}`,
    );
  }

  /** Asks the control plane's services whether they run. */
  testControlPlane({ stack }: ControlPlaneStage): BuildStep {
    return new BuildStep('SmokeTest', {
      project: this.tester,
      input: this.props.scripts,
      environment: smokeTest(CONTROL_ROUTES),
      outputs: { API_URL: stack.apiUrl },
    });
  }

  /** Tests a deployment and tells the control plane of it; for a silo, waits until its tenant is active. */
  register({ target, stack }: DeploymentStage, wave: string): BuildStep {
    const { id, kind, account, region } = target;
    return new BuildStep('Register', {
      project: this.registrar,
      input: this.props.scripts,
      environment: {
        ...smokeTest(APPLICATION_ROUTES),
        RELEASE: this.props.release,
        RUN_ID,
        STACK_NAME: target.stackName,
        DEPLOYMENT_ID: id,
        DEPLOYMENT_KIND: kind,
        DEPLOYMENT_ACCOUNT: account,
        DEPLOYMENT_REGION: region,
        WAVE: wave,
        ...(target.kind === 'silo'
          ? {
              TENANT_NAME: target.tenant.name,
              TENANT_TIER: target.tenant.tier,
              TENANT_ADMIN_EMAIL: target.tenant.adminEmail,
            }
          : {}),
      },
      outputs: stack.registration,
    });
  }

  /**
   * Publishes the plan of the release and, for the state machine, its templates and their code.
   * @param templates of the tiers; none in pipeline mode
   * @param codeRegions regions to publish the code in
   */
  publish(templates: TierTemplates | undefined, codeRegions: readonly string[]): BuildStep {
    const { manifest, assembly, release, project } = this.props;
    const publisher = new ReleasePublisher(this, 'Publisher', {
      manifest,
      project,
      codeRegions,
      manifests: templates?.assetManifests ?? [],
    });
    return new BuildStep('Publish', {
      project: publisher.project,
      input: assembly,
      environment: { RELEASE: release },
      outputs: {},
    });
  }

  /** Takes one wave through. */
  runWave(wave: string): MachineStep {
    return new MachineStep('Run', {
      machine: this.machine,
      input: { runId: RUN_ID, release: this.props.release, wave },
    });
  }

  private build(
    id: string,
    script: string,
    timeout: Duration,
    more: Partial<Pick<PipelineProjectProps, 'role' | 'environmentVariables'>> = {},
  ): PipelineProject {
    const { project } = this.props;
    const created = new PipelineProject(this, id, {
      ...project,
      ...more,
      timeout,
      buildSpec: BuildSpec.fromObject({
        version: '0.2',
        phases: {
          install: { 'runtime-versions': { nodejs: NODE } },
          build: { commands: [`node ${script}`] },
        },
      }),
    });
    return created;
  }
}

/** The pipeline's execution, as a pipeline variable. */
export const RUN_ID = '#{codepipeline.PipelineExecutionId}';

function smokeTest(routes: readonly Route[]): Record<string, string> {
  const { healthPaths, guardedPath } = smokeRoutes(routes);
  return { HEALTH_PATHS: healthPaths.join(','), GUARDED_PATH: guardedPath };
}
