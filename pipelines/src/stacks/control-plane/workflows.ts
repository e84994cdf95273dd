import { WORKFLOW_SHAPES } from '@granary/control-plane';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { workflowMachineName } from '../../names';
import { acknowledge } from '../acknowledge';
import type { ServiceFunction } from '../service-function';
import { WorkflowMachine } from '../workflow-machine';

export interface WorkflowsProps {
  readonly application: string;
  /** The function that runs every step of every workflow. */
  readonly steps: ServiceFunction;
}

/** A state machine for each kind of operation, and the rights of those who start them and end their waits. */
export class Workflows extends Construct {
  readonly machines: readonly StateMachine[];
  private readonly names: readonly string[];

  constructor(scope: Construct, id: string, { application, steps }: WorkflowsProps) {
    super(scope, id);
    this.names = WORKFLOW_SHAPES.map(({ kind }) => workflowMachineName(application, kind));
    this.machines = WORKFLOW_SHAPES.map((shape) => {
      const name = workflowMachineName(application, shape.kind);
      return new WorkflowMachine(this, shape.kind, { shape, name, steps: steps.alias }).machine;
    });
    // By name: the machines call this function, so that neither can wait for the other to be made.
    this.allowResume(steps);
  }

  /** JSON of ARN by kind: what the functions' WORKFLOW_MACHINES holds. */
  get setting(): string {
    return JSON.stringify(
      Object.fromEntries(
        WORKFLOW_SHAPES.map(({ kind }, index) => [kind, this.machine(this.names[index] as string)]),
      ),
    );
  }

  /** Lets a function start the workflows and see how their executions are. */
  allowStart(service: ServiceFunction): void {
    service.allow(
      ['states:StartExecution'],
      this.names.map((name) => this.machine(name)),
    );
    service.allow(
      ['states:DescribeExecution'],
      this.names.map((name) => this.arn('execution', `${name}:*`)),
    );
    const { region, account } = Stack.of(this);
    for (const name of this.names)
      acknowledge(
        service.role,
        `AwsSolutions-IAM5[Resource::arn:aws:states:${region}:${account}:execution:${name}:*]`,
        'The executions of this one machine; each is named by its operation.',
      );
  }

  /** Lets a function end the waits of the workflows: one action, since both outcomes go on. */
  allowResume(service: ServiceFunction): void {
    service.allow(
      ['states:SendTaskSuccess'],
      this.names.map((name) => this.machine(name)),
    );
  }

  private machine(name: string): string {
    return this.arn('stateMachine', name);
  }

  private arn(resource: string, resourceName: string): string {
    const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
    return Stack.of(this).formatArn({ service: 'states', resource, resourceName, arnFormat });
  }
}
