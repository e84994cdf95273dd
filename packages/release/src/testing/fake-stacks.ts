import type { ChangeSetRequest, ChangeSetState, StackState, Stacks } from '../deployer/stacks';
import type { ResourceChange } from '../deployer/stateful-resources';

/** What becomes of a change set that is executed, or of a stack that is deleted. */
export type FakeOutcome = 'done' | 'throttled' | 'refused' | 'rollback fails';

/** What happens to one call: it works, is not let in, or works and its answer is lost. */
export type FakeCall = 'works' | 'throttled' | 'unavailable' | 'answer lost';

export interface FakeStacksOptions {
  /** Of the calls, in order; later ones work. @default all work */
  readonly calls?: readonly FakeCall[];
  /** Of the operations, in order; later ones are done. @default all are done */
  readonly outcomes?: readonly FakeOutcome[];
  /** Looks at a stack until its operation ends. @default 2 */
  readonly looks?: number;
  /** What every change set would do. @default an added function */
  readonly changes?: readonly ResourceChange[];
}

interface FakeStack {
  stackId: string;
  status: string;
  templateUrl: string;
  parameters: Readonly<Record<string, string>>;
  changeSetId?: string;
  operation?: { left: number; end: () => void };
}

const RESULT: Readonly<Record<FakeOutcome, string>> = {
  done: '',
  throttled: 'Api: Rate exceeded (Service: ApiGateway, Status Code: 429)',
  refused: 'Table: the key schema is wrong (Status Code: 400)',
  'rollback fails': 'Api: Rate exceeded (Service: ApiGateway, Status Code: 429)',
};

/** CloudFormation with one stack, which works on while it is looked at, and fails as it is told. */
export class FakeStacks implements Stacks {
  stack: FakeStack | undefined;
  /** Templates that were brought to their end, in order. */
  readonly deployed: string[] = [];
  executed = 0;
  deletions = 0;
  private readonly changeSets = new Map<string, ChangeSetRequest & { state: ChangeSetState }>();
  private readonly calls: FakeCall[];
  private readonly outcomes: FakeOutcome[];
  private ids = 0;
  private failed: string[] = [];

  constructor(private readonly options: FakeStacksOptions = {}) {
    this.calls = [...(options.calls ?? [])];
    this.outcomes = [...(options.outcomes ?? [])];
  }

  /** Puts a stack there, as something left it. */
  found(status: string, templateUrl = 'old'): this {
    this.stack = { stackId: this.newId(), status, templateUrl, parameters: {} };
    if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
      this.begin(status, () => this.settle(status.replace('_IN_PROGRESS', '_COMPLETE')));
    return this;
  }

  describe(stackName: string): Promise<StackState | undefined> {
    return this.call(() => {
      const { stack } = this;
      if (stack?.operation) {
        stack.operation.left -= 1;
        if (stack.operation.left <= 0) {
          const { end } = stack.operation;
          delete stack.operation;
          end();
        }
      }
      if (!stack || (stack.status === 'DELETE_COMPLETE' && stackName !== stack.stackId)) return undefined;
      const { stackId, status, changeSetId, parameters } = stack;
      return { stackId, status, parameters, outputs: OUTPUTS, ...(changeSetId ? { changeSetId } : {}) };
    });
  }

  prepare(request: ChangeSetRequest): Promise<void> {
    return this.call(() => {
      if (this.changeSets.has(request.changeSetName)) return;
      this.refuseWhileBusy();
      const gone = !this.stack || this.stack.status === 'DELETE_COMPLETE';
      if (gone && request.type === 'UPDATE') throw refusal('Stack [x] does not exist');
      if (!gone && request.type === 'CREATE' && this.stack?.status !== 'REVIEW_IN_PROGRESS')
        throw refusal('Stack [x] already exists and cannot be created again with the changeSet');
      if (gone) this.found('REVIEW_IN_PROGRESS', '');
      const same = this.stack?.templateUrl === request.templateUrl && request.type === 'UPDATE';
      const state: ChangeSetState = same
        ? { status: 'empty' }
        : { status: 'ready', changes: this.options.changes ?? [ADDED] };
      this.changeSets.set(request.changeSetName, { ...request, state });
    });
  }

  prepared(_: string, name: string): Promise<ChangeSetState | undefined> {
    return this.call(() => this.changeSets.get(name)?.state);
  }

  execute(_: string, name: string): Promise<void> {
    return this.call(() => {
      const changeSet = this.changeSets.get(name);
      if (changeSet?.state.status !== 'ready' || !this.stack)
        throw refusal(`ChangeSet [${name}] does not exist`);
      this.refuseWhileBusy();
      this.executed += 1;
      const { stack } = this;
      const outcome = this.outcomes.shift() ?? 'done';
      const verb = changeSet.type;
      this.changeSets.clear();
      stack.changeSetId = `arn:changeSet/${name}/1`;
      this.begin(`${verb}_IN_PROGRESS`, () => {
        if (outcome === 'done') {
          stack.templateUrl = changeSet.templateUrl;
          stack.parameters = changeSet.parameters;
          this.deployed.push(changeSet.templateUrl);
          return this.settle(`${verb}_COMPLETE`);
        }
        this.failed.push(RESULT[outcome]);
        const rolledBack = verb === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
        this.begin(`${rolledBack}_IN_PROGRESS`, () =>
          this.settle(`${rolledBack}_${outcome === 'rollback fails' ? 'FAILED' : 'COMPLETE'}`),
        );
      });
    });
  }

  discard(_: string, name: string): Promise<void> {
    return this.call(() => {
      this.changeSets.delete(name);
    });
  }

  remove(stackId: string): Promise<void> {
    return this.call(() => {
      if (this.stack?.stackId !== stackId || this.stack.status === 'DELETE_COMPLETE') return;
      this.refuseWhileBusy();
      this.deletions += 1;
      this.begin('DELETE_IN_PROGRESS', () => this.settle('DELETE_COMPLETE'));
    });
  }

  finishRollback(): Promise<void> {
    return this.takeBack('UPDATE_ROLLBACK_FAILED');
  }

  rollBack(): Promise<void> {
    return this.takeBack('UPDATE_FAILED');
  }

  failures(): Promise<readonly string[]> {
    return this.call(() => this.failed.slice(-1));
  }

  template(): Promise<string> {
    return this.call(() => '{"Resources":{}}');
  }

  private takeBack(from: string): Promise<void> {
    return this.call(() => {
      this.refuseWhileBusy();
      if (this.stack?.status !== from) throw refusal(`stack is not in ${from}`);
      this.begin('UPDATE_ROLLBACK_IN_PROGRESS', () => this.settle('UPDATE_ROLLBACK_COMPLETE'));
    });
  }

  private begin(status: string, end: () => void): void {
    if (!this.stack) return;
    this.stack.status = status;
    this.stack.operation = { left: this.options.looks ?? 2, end };
  }

  private settle(status: string): void {
    if (this.stack) this.stack.status = status;
  }

  private refuseWhileBusy(): void {
    if (this.stack?.operation)
      throw refusal(`Stack:x is in ${this.stack.status} state and can not be updated`);
  }

  private newId(): string {
    this.ids += 1;
    return `arn:stack/${this.ids}`;
  }

  private async call<T>(work: () => T): Promise<T> {
    const fate = this.calls.shift() ?? 'works';
    if (fate === 'throttled') throw named('Throttling', 'Rate exceeded');
    if (fate === 'unavailable') throw named('ServiceUnavailable', 'try later');
    const result = work();
    if (fate === 'answer lost') throw named('TimeoutError', 'the answer is lost');
    return result;
  }
}

const ADDED: ResourceChange = { logicalId: 'Function', type: 'AWS::Lambda::Function', action: 'Add' };

/** What a deployment's stack says of itself. */
export const OUTPUTS = {
  ApiUrl: 'https://api.example.com/prod/',
  UserPoolId: 'us-east-1_abc',
  UserPoolClientId: 'client',
  ProvisioningRoleArn: 'arn:aws:iam::222222222222:role/granary-acme-provision',
  TenantTableName: 'tenants',
  UsagePlanIds: 'platinum=plan1',
  DataRoleArn: 'arn:aws:iam::222222222222:role/granary-acme-data',
  TenantRoleName: 'granary-acme-tenant',
  TenantRowTables: 'products=products,orders=orders',
  UsersRoleArn: 'arn:aws:iam::222222222222:role/granary-acme-users',
  UserTableName: 'users',
};

function refusal(message: string): Error {
  return named('ValidationError', message);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
