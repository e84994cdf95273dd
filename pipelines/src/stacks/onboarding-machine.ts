import { ONBOARDING_STEPS, type OnboardingStep } from '@granary/api';
import { TRANSIENT_STEP_ERROR } from '@granary/control-plane';
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Chain,
  DefinitionBody,
  Errors,
  Fail,
  JitterType,
  JsonPath,
  LogLevel,
  type RetryProps,
  StateMachine,
  Succeed,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

export interface OnboardingMachineProps {
  /** The function that runs a step: `{registrationId, step}`. */
  readonly onboarding: Alias;
}

/** What the onboarding function throws when a later try may do, and what Lambda does. */
const TRANSIENT = [
  TRANSIENT_STEP_ERROR,
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  Errors.TIMEOUT,
];

const BACKOFF: RetryProps = {
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 6,
  maxDelay: Duration.minutes(1),
  jitterStrategy: JitterType.FULL,
};

/**
 * Onboarding: one task per step, in order. A step that may succeed later is tried again; one that fails is
 * recorded with its reason before the execution fails. An execution's name is the registration's id.
 */
export class OnboardingMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: OnboardingMachineProps) {
    super(scope, id);
    const failed = new Fail(this, 'Failed', { error: 'OnboardingFailed' });
    const tasks = ONBOARDING_STEPS.map((step) => {
      const task = this.task(props.onboarding, step, { step });
      task.addRetry({ ...BACKOFF, errors: TRANSIENT });
      const record = this.recordFailure(props.onboarding, step);
      task.addCatch(record.next(failed), { errors: [Errors.ALL], resultPath: '$.error' });
      return task;
    });
    const [first, ...others] = tasks;
    if (!first) throw new Error('onboarding has no step');
    const chain = others.reduce((sum, task) => sum.next(task), Chain.start(first));
    this.machine = new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(chain.next(new Succeed(this, 'Active'))),
      timeout: Duration.hours(1),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // Inputs hold ids only; a buyer's e-mail address is in the table.
        includeExecutionData: false,
        destination: new LogGroup(this, 'Logs', {
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    this.explain();
  }

  /** ARN pattern of the machine's executions. */
  get executions(): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.machine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private recordFailure(onboarding: Alias, failedStep: OnboardingStep): LambdaInvoke {
    const record = this.task(onboarding, `fail ${failedStep}`, {
      step: 'fail',
      failedStep,
      error: JsonPath.objectAt('$.error'),
    });
    record.addRetry({ ...BACKOFF, errors: [Errors.ALL] });
    return record;
  }

  private task(onboarding: Alias, id: string, payload: Readonly<Record<string, unknown>>): LambdaInvoke {
    return new LambdaInvoke(this, id, {
      lambdaFunction: onboarding,
      payload: TaskInput.fromObject({ registrationId: JsonPath.stringAt('$.registrationId'), ...payload }),
      resultPath: JsonPath.DISCARD,
      retryOnServiceExceptions: false,
    });
  }

  private explain(): void {
    acknowledge(
      this.machine,
      'AwsSolutions-IAM5[Resource::*]',
      'Log delivery and X-Ray take no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
    );
  }
}
