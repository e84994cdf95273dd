import {
  type Capability,
  CloudFormationClient,
  DeleteStackCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { ActionContext, ActionProvider, ActionResult } from '../action';
import { actionClient, actionTitle } from '../action';
import { type ChangeSetRequest, createChangeSet, dropChangeSet, executeChangeSet } from '../change-set';
import { ActionFailedError, UnsupportedPipelineError } from '../errors';
import { failureReasons, findStack, settledStack } from '../stack-operation';
import { recoverStack } from '../stack-recovery';
import { templateConfiguration, templateSource } from '../template-source';

const DELETE_MS = 30 * 60 * 1000;

interface StackAction {
  readonly context: ActionContext;
  readonly client: CloudFormationClient;
  readonly stackName: string;
  /** The role that CloudFormation works with. */
  readonly roleArn: string | undefined;
}

type Mode = (action: StackAction) => Promise<ActionResult>;

const MODES: Readonly<Record<string, Mode>> = {
  CHANGE_SET_REPLACE: prepare,
  CHANGE_SET_EXECUTE: execute,
  CREATE_UPDATE: createOrUpdate,
  DELETE_ONLY: remove,
};

/** Deploys stacks with CloudFormation, as the action's role in the stack's account and region. */
export class CloudFormationProvider implements ActionProvider {
  async execute(context: ActionContext): Promise<ActionResult> {
    const { ActionMode = '', StackName = '', RoleArn } = context.configuration;
    const mode = MODES[ActionMode];
    if (!mode)
      throw new UnsupportedPipelineError(
        `${actionTitle(context)}: CloudFormation mode "${ActionMode}" is not executed locally; ` +
          `the runner knows ${Object.keys(MODES).join(', ')}`,
      );
    const client = new CloudFormationClient(await actionClient(context));
    try {
      return await mode({ context, client, stackName: StackName, roleArn: RoleArn });
    } finally {
      client.destroy();
    }
  }
}

function request({ context, client, stackName }: StackAction): ChangeSetRequest {
  const changeSetName = context.configuration.ChangeSetName ?? 'granary-local';
  return { client, stackName, changeSetName, signal: context.signal };
}

async function prepare(action: StackAction): Promise<ActionResult> {
  const { context, client, stackName, roleArn } = action;
  const { log, signal, configuration } = context;
  const existing = await recoverStack({ client, stackName, roleArn, signal, tell: (line) => log.line(line) });
  const changeSet = request(action);
  await dropChangeSet(changeSet);
  const capabilities = (configuration.Capabilities ?? '').split(',').filter(Boolean) as Capability[];
  const changes = await createChangeSet(changeSet, existing ? 'UPDATE' : 'CREATE', {
    ...(await templateSource(context, stackAccount(context))),
    ...(await templateConfiguration(context)),
    Capabilities: capabilities,
    RoleARN: roleArn,
  });
  const summary = changes === 0 ? 'no changes' : `${changes} change${changes === 1 ? '' : 's'}`;
  log.line(`stack "${stackName}": ${summary}`);
  return { summary };
}

async function execute(action: StackAction): Promise<ActionResult> {
  const { context, client, stackName } = action;
  const { changed, status } = await executeChangeSet(request(action));
  const summary = changed ? status : 'no changes';
  context.log.line(`stack "${stackName}": ${summary}`);
  return { summary, variables: outputs(await findStack(client, stackName)) };
}

async function createOrUpdate(action: StackAction): Promise<ActionResult> {
  await prepare(action);
  return execute(action);
}

async function remove({ context, client, stackName, roleArn }: StackAction): Promise<ActionResult> {
  const stack = await findStack(client, stackName);
  if (!stack) return { summary: 'no such stack' };
  const since = new Date(Date.now() - 1000);
  await client.send(new DeleteStackCommand({ StackName: stackName, RoleARN: roleArn }));
  const left = await settledStack(client, stackName, context.signal, DELETE_MS);
  if (!left) return { summary: 'deleted' };
  const reasons = await failureReasons(client, stack.StackId ?? stackName, since);
  throw new ActionFailedError(
    `stack "${stackName}" cannot be deleted: ${reasons[0] ?? left.StackStatus}`,
    reasons,
  );
}

function outputs(stack: Stack | undefined): Record<string, string> {
  return Object.fromEntries(
    (stack?.Outputs ?? []).map((output) => [output.OutputKey ?? '', output.OutputValue ?? '']),
  );
}

/** The account of the action's role, else the pipeline's own. */
function stackAccount(context: ActionContext): string {
  return context.action.roleArn?.split(':')[4] || context.pipeline.account;
}
