import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface CarrierQueueProps {
  /** Longest run of the function that takes from the queue. */
  readonly carrierTimeout: Duration;
}

/** Times that a message is tried before it is a dead letter. */
const TRIES = 5;

/** A queue that a function takes from, and the dead letters of what it could not carry. */
export class CarrierQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { carrierTimeout }: CarrierQueueProps) {
    super(scope, id);
    const options = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    this.deadLetters = new Queue(this, 'DeadLetters', options);
    this.queue = new Queue(this, 'Queue', {
      ...options,
      // Six times the function's timeout, as Lambda advises for a queue that it takes from.
      visibilityTimeout: Duration.seconds(carrierTimeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: TRIES },
    });
  }
}
