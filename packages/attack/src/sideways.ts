import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { Finding } from './attempt';
import type { Field } from './field/field';

/** Something that was written while the attack ran. */
export interface Writing {
  readonly where: string;
  readonly text: string;
}

/** A secret that stands where it must not. The secret itself is not said. */
export interface Spill {
  readonly where: string;
  readonly kinds: readonly string[];
}

/** How much was searched, and what was found. */
export interface SidewaysReport {
  readonly secrets: number;
  /** Characters searched, by the kind of place. */
  readonly searched: Readonly<Record<string, number>>;
  readonly spills: readonly Spill[];
}

/** Searches everything that was written for everything that the attack held. */
export async function searchSideways(
  field: Field,
  findings: readonly Finding[],
  folders: readonly string[],
): Promise<SidewaysReport> {
  const searched: Record<string, number> = {};
  const spills: Spill[] = [];
  const look = ({ where, text }: Writing) => {
    const place = where.split(':')[0] as string;
    searched[place] = (searched[place] ?? 0) + text.length;
    const kinds = field.secrets.kindsIn(text);
    if (kinds.length > 0) spills.push({ where, kinds });
  };
  for (const { name, answer } of findings) look({ where: `answers: ${name}`, text: answer.text });
  for (const folder of folders) for await (const writing of files(folder)) look(writing);
  for (const [account, region] of places(field))
    for await (const writing of written(field, account, region)) look(writing);
  return { secrets: field.secrets.size, searched, spills };
}

function places({ control, deployments, manifest }: Field): readonly (readonly [string, string])[] {
  const all = [manifest.toolchain, control, ...deployments].map(
    ({ account, region }) => `${account} ${region}`,
  );
  return [...new Set(all)].map((place) => place.split(' ') as [string, string]);
}

async function* files(folder: string): AsyncGenerator<Writing> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []))
    if (entry.isFile()) {
      const file = join(entry.parentPath, entry.name);
      yield { where: `files: ${file}`, text: await readFile(file, 'latin1') };
    }
}

/** Function and access logs, stack outputs, histories of the onboarding, as root of the account. */
async function* written({ cloud }: Field, account: string, region: string): AsyncGenerator<Writing> {
  const config = cloud.clientConfig(account, region);
  const logs = new CloudWatchLogsClient(config);
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  for (const { logGroupName = '' } of logGroups)
    for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName }))
      yield { where: `logs: ${logGroupName}`, text: events.map(({ message }) => message).join('\n') };
  const stacks = new CloudFormationClient(config);
  const { Stacks = [] } = await stacks.send(new DescribeStacksCommand({}));
  for (const { StackName, Outputs, Parameters } of Stacks)
    yield { where: `stacks: ${StackName}`, text: JSON.stringify([Outputs, Parameters]) };
  const machines = new SFNClient(config);
  const { stateMachines = [] } = await machines.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn } of stateMachines)
    for await (const { executions = [] } of paginateListExecutions({ client: machines }, { stateMachineArn }))
      for (const { executionArn, name } of executions) {
        const { events = [] } = await machines.send(
          new GetExecutionHistoryCommand({ executionArn, includeExecutionData: true }),
        );
        yield { where: `histories: ${name}`, text: JSON.stringify(events) };
      }
}

/** The search in words. */
export function sidewaysText({ secrets, searched, spills }: SidewaysReport): string {
  const places = Object.entries(searched).map(([place, count]) => `${place} ${(count / 1000).toFixed(0)} KB`);
  const said = spills.map(({ where, kinds }) => `spilled: ${kinds.join(', ')} in ${where}`);
  return [`searched for ${secrets} secrets: ${places.join(', ')}; ${spills.length} found`, ...said].join(
    '\n',
  );
}
