import type { Manifest } from '@granary/manifest';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { cellReaders } from '../distributed/cell-readers';
import { DeployEngine } from '../distributed/deploy-engine';
import { WaveDeployment } from '../distributed/deploy-wave';
import type { ReleaseContext } from '../distributed/release-function';
import { ReleaseRecorder } from '../distributed/release-recorder';
import { ReadableBucket } from '../distributed/version-store';
import type { FunctionCode } from '../function-code';
import { versionsBucketName } from '../names';
import { alarmTopic } from '../stacks/alarm-topic';
import { CanaryRelease } from '../stacks/canary-release';
import { executionAlarms } from '../stacks/plane-alarms';
import { planeDashboard } from '../stacks/plane-dashboard';
import { sharedRuntime } from '../stacks/shared-runtime';
import { ReleaseFunctions } from './release-functions';
import { ReleaseRecords } from './release-records';
import { RollbackMachine } from './rollback-machine';
import { WaveMachine } from './wave-machine';

export interface ReleaseStackProps extends StackProps {
  readonly manifest: Manifest;
  readonly code: FunctionCode;
}

/** The release engine: what it remembers, what it deploys with, and who takes a wave through. */
export class ReleaseStack extends Stack {
  readonly context: ReleaseContext;

  constructor(scope: Construct, id: string, props: ReleaseStackProps) {
    super(scope, id, props);
    const { manifest, code } = props;
    const { bucket } = new ReadableBucket(this, 'Versions', {
      bucketName: versionsBucketName(manifest.application, manifest.toolchain),
      readers: cellReaders(manifest),
      prefixes: ['templates/'],
      expiring: { 'waves/': 90 },
    });
    this.context = {
      manifest,
      code,
      layers: sharedRuntime(this, code),
      release: new CanaryRelease(this, 'Release'),
      records: new ReleaseRecords(this, 'Records'),
      versions: bucket,
    };
    new ReleaseRecorder(this, 'Recorder', this.context);
    const engine = new DeployEngine(this, 'Engine', this.context);
    const waves = new WaveDeployment(this, 'Waves', this.context, engine);
    const functions = new ReleaseFunctions(this, 'Functions', this.context);
    const { machine } = new WaveMachine(this, 'WaveMachine', {
      context: this.context,
      functions,
      engine,
      waves,
    });
    new RollbackMachine(this, 'RollbackMachine', { application: manifest.application, wave: machine });
    executionAlarms(this);
    alarmTopic(this);
    planeDashboard(this, { title: 'Release engine' });
  }
}
