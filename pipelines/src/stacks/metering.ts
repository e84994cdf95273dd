import { USAGE_FIELD } from '@granary/auth';
import { Aws, Duration } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { FilterPattern, type IFilterPattern, type LogGroup, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventBusName } from '../names';
import { acknowledge } from './acknowledge';
import type { RestApi } from './rest-api';
import { ServiceFunction, type ServiceFunctionProps } from './service-function';

export interface MeteringProps {
  readonly application: string;
  /** Where the control plane's bus is. */
  readonly controlPlane: { readonly account: string; readonly region: string };
  /** Functions whose calls cost something, for a tenant or for all, by name. */
  readonly functions: Readonly<Record<string, ServiceFunction>>;
  readonly api: RestApi;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/**
 * Meters a deployment from what it logs anyway: nothing waits on a request's way. The logs hand their lines to one
 * function, which tells the control plane. A batch that it could not tell waits in a queue.
 */
export class Metering extends Construct {
  readonly reader: ServiceFunction;
  /** Batches that were read in vain, each with the reason; to be given to the reader again. */
  readonly unread: Queue;

  constructor(scope: Construct, id: string, props: MeteringProps) {
    super(scope, id);
    const { application, controlPlane, functions, api, shared } = props;
    // With the partition left open: a function's version is named by what its environment is in the template.
    const bus = `arn:${Aws.PARTITION}:events:${controlPlane.region}:${controlPlane.account}:event-bus/${eventBusName(application)}`;
    this.unread = new Queue(this, 'Unread', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.reader = new ServiceFunction(this, 'Reader', {
      ...shared,
      entry: 'meter-reader',
      description: 'Reads usage out of the logs and tells the control plane',
      environment: { EVENT_BUS_ARN: bus },
      timeout: Duration.seconds(30),
    });
    this.reader.allow(['events:PutEvents'], [bus]);
    this.reader.alias.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(this.unread),
    });
    acknowledge(this.unread, 'AwsSolutions-SQS3', 'It is the dead letter queue of the reader’s calls.');
    for (const [name, { logs }] of Object.entries(functions)) this.subscribe(name, logs, SERVICE_LINES);
    this.subscribe('api', api.accessLogs, UNSERVED);
  }

  private subscribe(id: string, logGroup: LogGroup, filterPattern: IFilterPattern): void {
    new SubscriptionFilter(this, id, {
      logGroup,
      filterPattern,
      destination: new LambdaDestination(this.reader.alias),
    });
  }
}

/** A service's line of a request, and Lambda's report of a call. */
const SERVICE_LINES = FilterPattern.anyTerm(USAGE_FIELD, 'REPORT');

/** Requests that no service answered, or that no tenant sent. */
const UNSERVED = FilterPattern.literal('{ ($.integrationLatency = "-") || ($.tenantId = "-") }');
