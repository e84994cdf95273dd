import { type Manifest, planRollout } from '@granary/manifest';
import { Annotations, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { BuildSpec, ComputeType, LinuxBuildImage } from 'aws-cdk-lib/aws-codebuild';
import { PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CodePipeline, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { ArtifactStore } from './artifact-store';
import { STEPS_FOLDER } from './bundle';
import { siloRegions, TierTemplates } from './distributed/tier-templates';
import type { FunctionCode } from './function-code';
import { waveMachineName } from './names';
import { boundReplicas, explainPipeline } from './pipeline-findings';
import { addStageConditions } from './release/stage-conditions';
import { pipelineSource } from './source';
import { SourceEditor } from './source-editor';
import { ControlPlaneStage, ReleaseStage } from './stage';
import { ReleaseSteps, RUN_ID } from './steps/release-steps';
import { NODE, TOOLS } from './tools';
import { addWaves } from './wave';

export interface ReleasePipelineStackProps extends StackProps {
  readonly manifest: Manifest;
  readonly code: FunctionCode;
  /** Folder of the pages' build. @default the control plane has no pages */
  readonly pages?: string;
}

/**
 * The release: every push is synthesized, changes the pipeline itself first, then the control plane, the pools,
 * and the silo tenants wave by wave.
 */
export class ReleasePipelineStack extends Stack {
  constructor(scope: Construct, id: string, { manifest, code, pages, ...props }: ReleasePipelineStackProps) {
    super(scope, id, props);
    const plan = planRollout(manifest);
    for (const warning of plan.warnings) Annotations.of(this).addWarningV2('granary:rollout', warning);
    const source = pipelineSource(this, manifest.toolchain);
    if (manifest.toolchain.source.type === 'codecommit')
      new SourceEditor(this, 'SourceEditor', manifest, manifest.toolchain.source);
    const synth = new ShellStep('Synth', {
      input: source,
      installCommands: [`npm install -g pnpm@${TOOLS.pnpm}`, 'pnpm install --frozen-lockfile'],
      // The CDK's own check of templates takes most of a synth's time, more than in proportion to the tenants. A
      // test makes it once for every class of stack.
      commands: ['pnpm --filter @granary/pipelines exec cdk synth --quiet --no-validation'],
      primaryOutputDirectory: 'pipelines/cdk.out',
    });
    const scripts = synth.addOutputDirectory(STEPS_FOLDER);
    const artifacts = new ArtifactStore(this, 'Artifacts');
    const builds = this.buildDefaults();
    const pipeline = new CodePipeline(this, 'Pipeline', {
      pipelineName: this.stackName,
      pipelineType: PipelineType.V2,
      synth,
      selfMutation: true,
      cliVersion: TOOLS.cdk,
      cdkAssetsCliVersion: TOOLS.cdkAssets,
      crossAccountKeys: true,
      enableKeyRotation: true,
      artifactBucket: artifacts.bucket,
      useChangeSets: true,
      // One build for all assets: a build for each would be an action for each tenant's template.
      publishAssetsInParallel: false,
      // One role for the pipeline's own actions; what crosses accounts assumes the bootstrap's roles.
      usePipelineRoleForActions: true,
      codeBuildDefaults: {
        buildEnvironment: builds.environment,
        logging: builds.logging,
        timeout: Duration.minutes(30),
        partialBuildSpec: BuildSpec.fromObject({
          version: '0.2',
          phases: { install: { 'runtime-versions': { nodejs: NODE } } },
        }),
      },
    });
    const release = source.sourceAttribute('CommitId');
    const steps = new ReleaseSteps(this, 'Steps', {
      manifest,
      scripts,
      assembly: pipeline.cloudAssemblyFileSet,
      release,
      project: { ...builds, encryptionKey: artifacts.key },
    });
    const templates = plan.engine === 'distributed' ? new TierTemplates(this, { manifest, code }) : undefined;
    const codeRegions = templates ? siloRegions(manifest) : [];
    const engine = new ReleaseStage(this, { manifest, code }, codeRegions);
    pipeline.addStage(engine, { post: [steps.publish(templates, codeRegions)] });
    const controlPlane = new ControlPlaneStage(this, { manifest, code, pages });
    pipeline.addStage(controlPlane, { post: [steps.testControlPlane(controlPlane)] });
    const stages = addWaves(plan, { scope: this, pipeline, steps, manifest, code });
    pipeline.buildPipeline();
    addStageConditions(pipeline, { application: manifest.application, stages, runId: RUN_ID, release });
    boundReplicas(pipeline);
    explainPipeline({ artifacts, pipeline, steps, waveMachine: waveMachineName(manifest.application) });
  }

  private buildDefaults() {
    const logGroup = new LogGroup(this, 'BuildLogs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return {
      environment: { buildImage: LinuxBuildImage.STANDARD_7_0, computeType: ComputeType.SMALL },
      logging: { cloudWatch: { logGroup } },
    };
  }
}
