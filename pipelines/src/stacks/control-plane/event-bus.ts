import { APPLICATION_PLANE_EVENTS, EVENT_SOURCES } from '@granary/api';
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Archive, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { eventBusName } from '../../names';
import { lagAlarm } from '../plane-alarms';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';
import type { AuditLog } from './audit-log';
import { CarrierQueue } from './carrier-queue';

/** How long past events can be replayed. */
const ARCHIVE_RETENTION = Duration.days(90);

export interface EventBusProps {
  readonly application: string;
  /** Accounts whose deployments may tell the control plane something. */
  readonly deploymentAccounts: readonly string[];
  readonly table: Table;
  readonly audit: AuditLog;
  /** The state machines that wait for the application plane's answers. */
  readonly machines: readonly StateMachine[];
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/**
 * The bus between the planes. Out: the control table's outbox, carried by the relay. In: what the cells' accounts put,
 * through a queue, to the receiver. Whatever could not be carried waits among the dead letters.
 */
export class ControlPlaneEvents extends Construct {
  readonly bus: EventBus;
  readonly relay: ServiceFunction;
  readonly receiver: ServiceFunction;
  /** Counts dead letters, and sends them on their way again. */
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, props: EventBusProps) {
    super(scope, id);
    const { application, table, audit, shared } = props;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: eventBusName(application),
      description: 'Between the control plane and application planes',
    });
    new Archive(this, 'Archive', {
      sourceEventBus: this.bus,
      archiveName: `${eventBusName(application)}-archive`,
      description: 'Every event between the planes',
      eventPattern: { source: Object.values(EVENT_SOURCES) },
      retention: ARCHIVE_RETENTION,
    });
    this.admit(props.deploymentAccounts);

    const outbox = new CarrierQueue(this, 'Outbox', { carrierTimeout: Duration.seconds(60) });
    this.relay = new ServiceFunction(this, 'Relay', {
      ...shared,
      entry: 'outbox-relay',
      description: 'Carries the outbox to the bus and to the audit log',
      environment: {
        EVENT_BUS_NAME: this.bus.eventBusName,
        AUDIT_TABLE_NAME: audit.table.tableName,
        DEAD_LETTER_QUEUE_URL: outbox.deadLetters.queueUrl,
      },
      timeout: Duration.seconds(60),
    });
    this.relay.allow(['events:PutEvents'], [this.bus.eventBusArn]);
    this.relay.allow(['sqs:SendMessage'], [outbox.deadLetters.queueArn]);
    audit.writtenBy(this.relay);
    this.relay.alias.addEventSource(
      new DynamoEventSource(table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // The relay gives up an item by itself. What comes here is a stretch that it never got to read.
        onFailure: new SqsDlq(outbox.deadLetters),
        maxRecordAge: Duration.hours(23),
        filters: [
          FilterCriteria.filter({
            eventName: FilterRule.or('INSERT', 'MODIFY'),
            dynamodb: {
              Keys: { pk: { S: [{ prefix: 'EVENT#' }, { prefix: 'AUDIT#' }] } },
            },
          }),
        ],
      }),
    );
    this.relay.alias.addEventSource(new SqsEventSource(outbox.queue, { reportBatchItemFailures: true }));

    lagAlarm(this.relay);

    const received = new CarrierQueue(this, 'Received', { carrierTimeout: Duration.seconds(60) });
    this.receiver = new ServiceFunction(this, 'Receiver', {
      ...shared,
      entry: 'event-receiver',
      description: 'Takes the application planes’ events',
      environment: {
        CONTROL_TABLE_NAME: table.tableName,
        DEAD_LETTER_QUEUE_URL: received.deadLetters.queueUrl,
      },
      timeout: Duration.seconds(60),
    });
    this.receiver.allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
      [table.tableArn],
    );
    this.receiver.allow(['sqs:SendMessage'], [received.deadLetters.queueArn]);
    if (props.machines.length > 0)
      this.receiver.allow(
        ['states:SendTaskSuccess'],
        props.machines.map(({ stateMachineArn }) => stateMachineArn),
      );
    this.receiver.alias.addEventSource(
      new SqsEventSource(received.queue, { batchSize: 10, reportBatchItemFailures: true }),
    );
    new Rule(this, 'FromApplicationPlane', {
      eventBus: this.bus,
      description: 'Hands the application planes’ events to the receiver',
      // By source alone: an event of a type that we do not know is kept among the dead letters, not lost.
      eventPattern: { source: [EVENT_SOURCES.applicationPlane] },
      targets: [new SqsQueue(received.queue, { deadLetterQueue: received.deadLetters })],
    });

    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'events',
      description: 'Counts dead letters, and sends them on their way again',
      environment: {
        CONTROL_TABLE_NAME: table.tableName,
        OUTBOX_DEAD_LETTERS_URL: outbox.deadLetters.queueUrl,
        OUTBOX_RETRIES_URL: outbox.queue.queueUrl,
        RECEIVED_DEAD_LETTERS_URL: received.deadLetters.queueUrl,
        RECEIVED_URL: received.queue.queueUrl,
      },
      timeout: Duration.seconds(28),
    });
    this.service.allow(['dynamodb:PutItem'], [table.tableArn]);
    this.service.allow(
      ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      [outbox.deadLetters.queueArn, received.deadLetters.queueArn],
    );
    this.service.allow(['sqs:SendMessage'], [outbox.queue.queueArn, received.queue.queueArn]);
  }

  /** Lets the cells' accounts put the application plane's events, and nothing under another name. */
  private admit(accounts: readonly string[]): void {
    this.bus.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ApplicationPlanes',
        effect: Effect.ALLOW,
        principals: accounts.map((account) => new AccountPrincipal(account)),
        actions: ['events:PutEvents'],
        resources: [this.bus.eventBusArn],
        conditions: {
          StringEquals: { 'events:source': EVENT_SOURCES.applicationPlane },
          'ForAllValues:StringEquals': { 'events:detail-type': Object.keys(APPLICATION_PLANE_EVENTS) },
        },
      }),
    );
  }
}
