import { Duration } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  Chain,
  Choice,
  Condition,
  DistributedMap,
  Errors,
  JitterType,
  JsonPath,
  Pass,
  ProcessorMode,
  ProcessorType,
  S3JsonItemReader,
  StateMachineType,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge, logicalId } from '../stacks/acknowledge';
import { ServiceFunction } from '../stacks/service-function';
import type { DeployEngine } from './deploy-engine';
import type { ReleaseContext } from './release-function';

/** The CDK warns of what its own check of the processor asks for. */
export const TYPED_TWICE = [
  'Annotation::@aws-cdk/aws-stepfunctions:propertyIgnored',
  'A processor without the type is refused, one with it is warned of: the map has the same type.',
] as const;

/** The states of a wave's deployments in distributed mode. */
export class WaveDeployment extends Construct {
  private readonly writer: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    private readonly context: ReleaseContext,
    private readonly engine: DeployEngine,
  ) {
    super(scope, id);
    const { code, layers = [], release, records, versions } = context;
    this.writer = new ServiceFunction(this, 'Orders', {
      code,
      layers,
      release,
      entry: 'release-orders',
      description: 'Writes the orders of a wave from the plan of the release',
      environment: {
        RELEASE_TABLE_NAME: records.table.tableName,
        VERSIONS_BUCKET_NAME: versions.bucketName,
      },
      // A plan of ten thousand tenants is 7 MB of JSON.
      memorySize: 1024,
      timeout: Duration.minutes(2),
    });
    this.writer.allow(['dynamodb:Query'], [records.table.tableArn]);
    this.writer.allow(['s3:GetObject'], [versions.arnForObjects('plans/*')]);
    this.writer.allow(['s3:PutObject'], [versions.arnForObjects('waves/*')]);
    for (const prefix of ['plans', 'waves'])
      acknowledge(
        this.writer.role,
        `AwsSolutions-IAM5[Resource::<${logicalId(versions)}.Arn>/${prefix}/*]`,
        'Plans are named by their commit, orders by their run.',
      );
  }

  /**
   * Writes the orders of a wave and carries them out: as many at once as the wave's parallelism admits in each
   * account and region, with as many failures as it tolerates. Input `{ runId, release, wave }`, which it hands on.
   */
  states(id: string): Chain {
    const write = new LambdaInvoke(this, `${id} orders`, {
      lambdaFunction: this.writer.alias,
      payload: TaskInput.fromObject({
        runId: JsonPath.stringAt('$.runId'),
        release: JsonPath.stringAt('$.release'),
        wave: JsonPath.stringAt('$.wave'),
      }),
      payloadResponseOnly: true,
      resultPath: '$.orders',
      retryOnServiceExceptions: false,
    });
    write.addRetry({
      errors: [Errors.ALL],
      interval: Duration.seconds(2),
      maxAttempts: 4,
      jitterStrategy: JitterType.FULL,
    });
    const map = new DistributedMap(this, `${id} deployments`, {
      label: 'Deployments',
      mapExecutionType: StateMachineType.STANDARD,
      itemReader: new S3JsonItemReader({
        bucket: Bucket.fromBucketName(this, `${id} bucket`, this.context.versions.bucketName),
        key: JsonPath.stringAt('$.orders.key'),
      }),
      maxConcurrencyPath: JsonPath.stringAt('$.orders.maxConcurrency'),
      toleratedFailureCountPath: JsonPath.stringAt('$.orders.tolerated'),
      resultPath: JsonPath.DISCARD,
    });
    map.itemProcessor(this.engine.deployOne(this, `${id} deployment`), {
      mode: ProcessorMode.DISTRIBUTED,
      executionType: ProcessorType.STANDARD,
    });
    acknowledge(map, ...TYPED_TWICE);
    const done = new Pass(this, `${id} deployed`);
    const any = new Choice(this, `${id} any`)
      .when(Condition.numberEquals('$.orders.count', 0), done)
      .otherwise(map.next(done));
    write.next(any);
    return Chain.custom(write, [done], done);
  }
}
