import { NotFoundProblem, RELEASE_ROUTES } from '@granary/api';
import {
  type AuditPort,
  type ControlContext,
  controlHandler,
  type OperatorPrincipal,
  type ServiceHandler,
  type Telemetry,
} from '@granary/auth';
import type * as z from 'zod';
import { ANSWERS } from './release-answer';
import { type ReleaseEngine, ReleaseEngineError } from './release-engine';

export interface ReleaseServiceOptions {
  readonly engine: ReleaseEngine;
  /** Where requests leave their lines. */
  readonly audit: AuditPort;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

type Command = { readonly command: string } & Readonly<Record<string, unknown>>;

/** Releases, behind their routes: the release engine answers, this service says who asks. */
export function releaseService({ engine, audit, telemetry }: ReleaseServiceOptions): ServiceHandler {
  const ask = async <Answer extends z.ZodType>(answer: Answer, command: Command) => {
    const parsed = answer.safeParse(await engine.ask(command));
    if (parsed.success) return parsed.data as z.output<Answer>;
    throw new ReleaseEngineError(command.command, 'its answer is of another form', { cause: parsed.error });
  };
  const order = async <Answer extends z.ZodType>(
    answer: Answer,
    { reason, ...command }: Command & { readonly reason: string },
    { principal, concerns }: ControlContext,
    subject: string,
  ) => {
    concerns({ subject: subject.slice(0, 254), reason });
    return ask(answer, { ...command, by: actorOf(principal), reason });
  };
  return controlHandler({
    service: 'release',
    routes: RELEASE_ROUTES,
    audit,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listReleases: async ({ query: { limit, nextToken } }) => {
        const after = nextToken === undefined ? {} : { after: afterOf(nextToken) };
        const { runs, next } = await ask(ANSWERS.listRuns, { command: 'listRuns', limit, ...after });
        return { items: runs, ...(next === undefined ? {} : { nextToken: tokenOf(next) }) };
      },
      getRelease: async ({ params }) => ask(ANSWERS.getRun, { command: 'getRun', ...params }),
      getReleasePlan: async ({ params, query }) =>
        ask(ANSWERS.getPlan, { command: 'getPlan', ...params, ...query }),
      haltRelease: async ({ params, body }, context) =>
        (await order(ANSWERS.run, { command: 'halt', ...params, ...body }, context, params.runId)).run,
      resumeRelease: async ({ params, body }, context) =>
        (await order(ANSWERS.run, { command: 'resume', ...params, ...body }, context, params.runId)).run,
      abandonRelease: async ({ params, body }, context) =>
        (await order(ANSWERS.run, { command: 'abandon', ...params, ...body }, context, params.runId)).run,
      rollBack: async ({ body }, context) => {
        const { target, id, to } = body;
        const subject = [target, id, to].filter(Boolean).join(' ');
        return order(ANSWERS.rollback, { command: 'rollback', ...body }, context, subject);
      },
      getFleet: async ({ query: { limit, nextToken } }) => {
        const after = nextToken === undefined ? {} : { after: afterOf(nextToken) };
        const { latest, more, deployments } = await ask(ANSWERS.fleet, { command: 'fleet', limit, ...after });
        const last = deployments.at(-1);
        return {
          items: deployments,
          ...(latest === undefined ? {} : { latest }),
          ...(more && last ? { nextToken: tokenOf(last.deploymentId) } : {}),
        };
      },
      listVersions: async ({ params }) => {
        const { versions } = await ask(ANSWERS.listVersions, { command: 'listVersions', ...params });
        if (versions.length === 0)
          throw new NotFoundProblem(`deployment "${params.deploymentId}" has no version`);
        return { items: versions };
      },
      inspectDeployment: async ({ params }) => ask(ANSWERS.inspect, { command: 'inspect', ...params }),
      listOrphans: async () => ({
        items: (await ask(ANSWERS.listOrphans, { command: 'listOrphans' })).orphans,
      }),
      deleteOrphan: async ({ params, body }, context) => {
        const command = { command: 'deleteOrphan', ...params, ...body };
        return (await order(ANSWERS.deleteOrphan, command, context, params.stackName)).ordered;
      },
      listApprovals: async () => ({
        items: (await ask(ANSWERS.listApprovals, { command: 'listApprovals' })).approvals,
      }),
      decideApproval: async ({ body }, context) => {
        const { stage, action, decision } = body;
        const subject = `${stage}.${action} ${decision}`;
        return (await order(ANSWERS.decide, { command: 'decide', ...body }, context, subject)).approval;
      },
      listOverrides: async () => ({
        items: (await ask(ANSWERS.listOverrides, { command: 'listOverrides' })).overrides,
      }),
      createOverride: async ({ body }, context) =>
        (await order(ANSWERS.override, { command: 'override', ...body }, context, `${body.minutes} minutes`))
          .override,
      readReleaseHealth: async () => ({ service: 'release', status: 'ok' as const }),
    },
  });
}

function actorOf({ userName, role }: OperatorPrincipal) {
  return { kind: 'operator' as const, userName, role };
}

/** @param place of the last one of a page */
function tokenOf(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** What is no place the engine refuses; an id that is none finds those behind it all the same. */
function afterOf(nextToken: string): string {
  return Buffer.from(nextToken, 'base64url').toString('utf8');
}
