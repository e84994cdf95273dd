import { APPLICATION_ROUTES, CONTROL_ROUTES, type Route } from '@granary/api';
import type { Manifest } from '@granary/manifest';
import { Duration, Stack } from 'aws-cdk-lib';
import { BuildSpec, PipelineProject, type PipelineProjectProps } from 'aws-cdk-lib/aws-codebuild';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { FileSet } from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import { deploymentFunctionArn, registrarRoleName } from '../names';
import type { ControlPlaneStage, DeploymentStage } from '../stage';
import { BuildStep } from './build-step';

export interface ReleaseStepsProps {
  readonly manifest: Manifest;
  /** The folder of the bundled step scripts. */
  readonly scripts: FileSet;
  /** The commit that is released: a pipeline variable. */
  readonly release: string;
  /** What every build of the pipeline has in common. */
  readonly project: PipelineProjectProps;
}

/** The checks and reports that follow a deployment. */
export class ReleaseSteps extends Construct {
  private readonly registrar: PipelineProject;
  private readonly tester: PipelineProject;

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
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [registration] }));
    this.registrar = this.build('Registration', 'register-deployment.js', Duration.minutes(30), {
      role,
      environmentVariables: { DEPLOYMENT_FUNCTION_ARN: { value: registration } },
    });
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

/** Node's major version in every build. */
export const NODE = '22';

/** Every public health route, and one protected route that must refuse a stranger. */
function smokeTest(routes: readonly Route[]): Record<string, string> {
  const health = routes.filter(({ access, path }) => access === 'public' && path.startsWith('/health/'));
  const guarded = routes.find(
    ({ access, method, path }) => access !== 'public' && method === 'GET' && !path.includes('{'),
  );
  return {
    HEALTH_PATHS: health.map(({ path }) => path).join(','),
    GUARDED_PATH: guarded?.path ?? '',
  };
}
