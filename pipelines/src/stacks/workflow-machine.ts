import { type StepShape, TRANSIENT_STEP_ERROR, type WorkflowShape } from '@granary/control-plane';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  Errors,
  Fail,
  type IChainable,
  IntegrationPattern,
  JitterType,
  JsonPath,
  LogLevel,
  type RetryProps,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

export interface WorkflowMachineProps {
  /** The workflow, as the control plane exports it. */
  readonly shape: WorkflowShape;
  /** Physical name: who starts it and who answers its waits know its ARN by it. */
  readonly name: string;
  /** The function that runs every step: `{operationId, run, action, step}`. */
  readonly steps: IFunction;
  /** First wait before a failed task is tried again. @default 2 seconds */
  readonly backoff?: Duration;
}

/** What the function throws when a later try may do, and what Lambda does. */
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

/** What steps themselves may take, beside their waits. */
const WORK = Duration.hours(1);

/** What a step may take that is taken again and again, or waits for the clock: a year is what an execution has. */
const LONG = Duration.days(100);

function patienceWith({ waitSeconds = 0, elapses, repeats }: StepShape): number {
  if (elapses) return LONG.toSeconds();
  return repeats ? Duration.days(2).toSeconds() : waitSeconds;
}

/**
 * The state machine of a workflow: its steps in order, each tried again when that may help and waited for when
 * somebody outside ends it; a step that is given up is recorded, and what was done is undone in reverse when the
 * workflow says so. Its input, `{operationId, run, direction}`, says which way it goes from the start.
 */
export class WorkflowMachine extends Construct {
  readonly machine: StateMachine;
  private readonly props: WorkflowMachineProps;

  constructor(scope: Construct, id: string, props: WorkflowMachineProps) {
    super(scope, id);
    this.props = props;
    const { steps } = props.shape;
    const failed = new Fail(this, 'Failed', { error: 'OperationFailed' });
    const undo = this.undoing(steps, failed);
    const afterFailure = new Choice(this, 'Undo what was done?')
      .when(Condition.booleanEquals('$.answer.undo', true), undo)
      .otherwise(failed);
    const first = this.doing(steps, afterFailure);
    const start = new Choice(this, 'Which way?')
      .when(Condition.stringEquals('$.direction', 'undo'), undo)
      .otherwise(first);
    const waits = steps.reduce((sum, step) => sum + patienceWith(step), 0);
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: props.name,
      definitionBody: DefinitionBody.fromChainable(start),
      timeout: Duration.seconds(waits + WORK.toSeconds()),
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

  /** The steps in order; each goes on to the next, the last to the end. */
  private doing(steps: readonly StepShape[], afterFailure: IChainable): IChainable {
    let next: IChainable = new Succeed(this, 'Succeeded');
    for (const { name, waitSeconds, elapses, repeats } of [...steps].reverse()) {
      const failure = this.recordFailure(name, 'do', afterFailure);
      const task = this.task(name, { action: 'do', step: name });
      task.addRetry(this.retry(TRANSIENT));
      task.addCatch(failure, { errors: [Errors.ALL], resultPath: '$.error' });
      if (repeats) {
        task.next(this.repeating(name, task).otherwise(next as never));
      } else if (waitSeconds === undefined) task.next(next);
      else {
        const wait = this.wait(name, waitSeconds);
        // The clock is looked at, and nothing failed.
        if (elapses) wait.addCatch(task, { errors: [Errors.TIMEOUT], resultPath: JsonPath.DISCARD });
        wait.addCatch(failure, { errors: [Errors.ALL], resultPath: '$.error' });
        // Taken again, the step reads from the table what came of the wait.
        wait.next(task);
        const decide = new Choice(this, `${name}: wait?`)
          .when(Condition.booleanEquals('$.answer.wait', true), wait)
          .otherwise(next as never);
        task.next(decide);
      }
      next = task;
    }
    return next;
  }

  /** What was done, in reverse; the function passes by what was not. */
  private undoing(steps: readonly StepShape[], failed: Fail): IChainable {
    const end = this.task('undone', { action: 'end' });
    end.addRetry(this.retry([Errors.ALL]));
    end.next(new Fail(this, 'Compensated', { error: 'OperationCompensated' }));
    let next: IChainable = end;
    for (const { name, undo, repeats } of steps) {
      if (!undo) continue;
      const task = this.task(`undo ${name}`, { action: 'undo', step: name });
      task.addRetry(this.retry(TRANSIENT));
      task.addCatch(this.recordFailure(name, 'undo', failed), {
        errors: [Errors.ALL],
        resultPath: '$.error',
      });
      task.next(repeats ? this.repeating(`undo ${name}`, task).otherwise(next as never) : next);
      next = task;
    }
    return next;
  }

  /** Back to the task for as long as it says so. */
  private repeating(id: string, task: LambdaInvoke): Choice {
    const pause = new Wait(this, `${id}: pause`, { time: WaitTime.secondsPath('$.answer.seconds') });
    pause.next(task);
    return new Choice(this, `${id}: again?`).when(Condition.booleanEquals('$.answer.again', true), pause);
  }

  private recordFailure(step: string, direction: 'do' | 'undo', next: IChainable): LambdaInvoke {
    const id = direction === 'do' ? `fail ${step}` : `fail undo ${step}`;
    const error = { 'Error.$': '$.error.Error' };
    const record = this.task(id, { action: 'fail', step, direction, error });
    record.addRetry(this.retry([Errors.ALL]));
    record.next(next);
    return record;
  }

  private wait(step: string, seconds: number): LambdaInvoke {
    const { steps } = this.props;
    return new LambdaInvoke(this, `${step}: wait`, {
      lambdaFunction: steps,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      taskTimeout: Timeout.duration(Duration.seconds(seconds)),
      payload: this.payload({ action: 'wait', step, taskToken: JsonPath.taskToken }),
      resultPath: JsonPath.DISCARD,
      retryOnServiceExceptions: false,
    });
  }

  private task(id: string, payload: Readonly<Record<string, unknown>>): LambdaInvoke {
    return new LambdaInvoke(this, id, {
      lambdaFunction: this.props.steps,
      payload: this.payload(payload),
      // Nothing of a caught error goes along any further.
      resultSelector: {
        wait: JsonPath.objectAt('$.Payload.wait'),
        undo: JsonPath.objectAt('$.Payload.undo'),
        again: JsonPath.objectAt('$.Payload.again'),
        seconds: JsonPath.objectAt('$.Payload.seconds'),
      },
      resultPath: '$.answer',
      retryOnServiceExceptions: false,
    });
  }

  private payload(members: Readonly<Record<string, unknown>>): TaskInput {
    return TaskInput.fromObject({
      operationId: JsonPath.stringAt('$.operationId'),
      run: JsonPath.numberAt('$.run'),
      ...members,
    });
  }

  private retry(errors: string[]): RetryProps {
    return {
      errors,
      interval: this.props.backoff ?? Duration.seconds(2),
      backoffRate: 2,
      maxAttempts: 6,
      maxDelay: Duration.minutes(1),
      jitterStrategy: JitterType.FULL,
    };
  }

  private explain(): void {
    acknowledge(
      this.machine,
      'AwsSolutions-IAM5[Resource::*]',
      'Log delivery and X-Ray take no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
    );
  }
}
