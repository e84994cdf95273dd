import {
  type ResourceChange as CloudFormationChange,
  type CloudFormationClient,
  ContinueUpdateRollbackCommand,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  RollbackStackCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSetRequest, ChangeSetState, StackState, Stacks } from './stacks';
import type { ResourceChange } from './stateful-resources';

/** How far the clock that took a time may be ahead of CloudFormation's, which stamps its events. */
const CLOCK_SKEW_MS = 2000;

/** CloudFormation through its API, in the client's account and region. */
export class AwsStacks implements Stacks {
  constructor(
    private readonly client: CloudFormationClient,
    /** The role that CloudFormation works with. */
    private readonly roleArn: string,
  ) {}

  async describe(stackName: string): Promise<StackState | undefined> {
    const answer = await unless(isAbsent, () =>
      this.client.send(new DescribeStacksCommand({ StackName: stackName })),
    );
    const stack = answer?.Stacks?.[0];
    if (!stack) return undefined;
    return {
      stackId: stack.StackId ?? stackName,
      status: stack.StackStatus ?? '',
      ...(stack.StackStatusReason ? { reason: stack.StackStatusReason } : {}),
      ...(stack.ChangeSetId ? { changeSetId: stack.ChangeSetId } : {}),
      parameters: Object.fromEntries(
        (stack.Parameters ?? []).map((each) => [each.ParameterKey ?? '', each.ParameterValue ?? '']),
      ),
      outputs: Object.fromEntries(
        (stack.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']),
      ),
    };
  }

  async prepare(request: ChangeSetRequest): Promise<void> {
    await unless(
      (error) => error.name === 'AlreadyExistsException',
      () =>
        this.client.send(
          new CreateChangeSetCommand({
            StackName: request.stackName,
            ChangeSetName: request.changeSetName,
            ChangeSetType: request.type,
            ClientToken: request.token,
            TemplateURL: request.templateUrl,
            Parameters: Object.entries(request.parameters).map(([ParameterKey, ParameterValue]) => ({
              ParameterKey,
              ParameterValue,
            })),
            Capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
            RoleARN: this.roleArn,
          }),
        ),
    );
  }

  async prepared(stackName: string, changeSetName: string): Promise<ChangeSetState | undefined> {
    const changes: ResourceChange[] = [];
    for (let token: string | undefined; ; ) {
      const page = await unless(isAbsent, () => this.describeChangeSet(stackName, changeSetName, token));
      if (!page) return undefined;
      const state = stateOf(page);
      if (state) return state;
      changes.push(
        ...(page.Changes ?? []).flatMap(({ ResourceChange: change }) => (change ? changeOf(change) : [])),
      );
      token = page.NextToken;
      if (token === undefined) return { status: 'ready', changes };
    }
  }

  async execute(stackName: string, changeSetName: string, token: string): Promise<void> {
    await this.client.send(
      new ExecuteChangeSetCommand({
        StackName: stackName,
        ChangeSetName: changeSetName,
        ClientRequestToken: token,
      }),
    );
  }

  async discard(stackName: string, changeSetName: string): Promise<void> {
    await unless(isAbsent, () =>
      this.client.send(new DeleteChangeSetCommand({ StackName: stackName, ChangeSetName: changeSetName })),
    );
  }

  async remove(stackId: string, token: string): Promise<void> {
    await this.client.send(
      new DeleteStackCommand({ StackName: stackId, RoleARN: this.roleArn, ClientRequestToken: token }),
    );
  }

  async finishRollback(stackName: string, token: string): Promise<void> {
    await this.client.send(
      new ContinueUpdateRollbackCommand({
        StackName: stackName,
        RoleARN: this.roleArn,
        ClientRequestToken: token,
      }),
    );
  }

  async rollBack(stackName: string, token: string): Promise<void> {
    await this.client.send(
      new RollbackStackCommand({ StackName: stackName, RoleARN: this.roleArn, ClientRequestToken: token }),
    );
  }

  async failures(stackId: string, since: Date): Promise<readonly string[]> {
    const events: StackEvent[] = [];
    for (let token: string | undefined; ; ) {
      const page = await this.client.send(
        new DescribeStackEventsCommand({ StackName: stackId, NextToken: token }),
      );
      const recent = (page.StackEvents ?? []).filter(
        ({ Timestamp: at }) => at === undefined || at.getTime() >= since.getTime() - CLOCK_SKEW_MS,
      );
      events.push(...recent);
      token = page.NextToken;
      // The latest come first.
      if (token === undefined || recent.length < (page.StackEvents ?? []).length) break;
    }
    return events
      .reverse()
      .filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
      .filter(({ ResourceStatusReason }) => !/cancell?ed/i.test(ResourceStatusReason ?? ''))
      .slice(0, 5)
      .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason ?? event.ResourceStatus}`);
  }

  async template(stackName: string): Promise<string> {
    const { TemplateBody } = await this.client.send(
      new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
    );
    return TemplateBody ?? '';
  }

  private describeChangeSet(stackName: string, changeSetName: string, token: string | undefined) {
    return this.client.send(
      new DescribeChangeSetCommand({ StackName: stackName, ChangeSetName: changeSetName, NextToken: token }),
    );
  }
}

/** @returns undefined for one that is ready */
function stateOf(page: DescribeChangeSetOutput): ChangeSetState | undefined {
  const { Status, ExecutionStatus, StatusReason = 'no reason given' } = page;
  if (Status === 'FAILED')
    return EMPTY.test(StatusReason) ? { status: 'empty' } : { status: 'failed', reason: StatusReason };
  if (Status !== 'CREATE_COMPLETE') return { status: 'pending' };
  return ExecutionStatus === 'AVAILABLE' ? undefined : { status: 'spent' };
}

const EMPTY = /didn't contain changes|no updates are to be performed/i;

function changeOf(change: CloudFormationChange): ResourceChange {
  return {
    logicalId: change.LogicalResourceId ?? '',
    type: change.ResourceType ?? '',
    action: change.Action ?? 'Modify',
    ...(change.Replacement === undefined ? {} : { replacement: change.Replacement }),
    ...(change.PolicyAction === undefined ? {} : { policy: change.PolicyAction }),
  };
}

async function unless<T>(
  expected: (error: Error) => boolean,
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && expected(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: Error): boolean {
  return (
    error.name === 'ChangeSetNotFoundException' ||
    error.name === 'ChangeSetNotFound' ||
    (error.name === 'ValidationError' && /does not exist/.test(error.message))
  );
}
