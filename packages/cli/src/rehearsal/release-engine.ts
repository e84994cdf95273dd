import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Manifest } from '@granary/manifest';
import { z } from 'zod';
import { WalkError } from '../cli-error';
import type { OperatorAccess } from '../walk/operator-access';

const versionSchema = z.object({ deploymentId: z.string(), release: z.string(), runId: z.string() });
const runSchema = z.object({
  runId: z.string(),
  release: z.string(),
  status: z.string(),
  halt: z
    .object({
      wave: z.string(),
      gate: z.string(),
      reason: z.string(),
      rolledBack: z.array(
        z.object({ deploymentId: z.string(), to: z.string().optional(), result: z.string() }),
      ),
    })
    .optional(),
});

export type EngineRun = z.output<typeof runSchema>;

/** What the deployed release engine knows. */
export interface ReleaseEngine {
  /** The newest run of a commit; undefined when it has none. */
  runOf(commit: string): Promise<EngineRun | undefined>;
  /** What every deployment runs, by its id. */
  running(): Promise<ReadonlyMap<string, string>>;
  /** Whether a release was ever brought to a deployment. */
  reached(deploymentId: string, release: string): Promise<boolean>;
}

/** The release engine of a project, asked through its control function as root of the toolchain's account. */
export function releaseEngine(access: OperatorAccess, { toolchain, application }: Manifest): ReleaseEngine {
  const FunctionName = `${application}-release-control`;
  const ask = async <Answer>(schema: z.ZodType<Answer>, command: object): Promise<Answer> => {
    const client = new LambdaClient(access.clientConfig(toolchain.account, toolchain.region));
    try {
      const { FunctionError, Payload } = await client.send(
        new InvokeCommand({
          FunctionName,
          Qualifier: 'live',
          Payload: Buffer.from(JSON.stringify(command)),
        }),
      );
      const text = Buffer.from(Payload ?? []).toString('utf8');
      if (FunctionError) throw new WalkError(`"${FunctionName}" failed: ${text.slice(0, 300)}`);
      return schema.parse(JSON.parse(text));
    } finally {
      client.destroy();
    }
  };
  return {
    async runOf(commit) {
      const { runs } = await ask(z.object({ runs: z.array(runSchema) }), { command: 'listRuns' });
      return runs.find(({ release }) => release === commit);
    },
    async running() {
      const { deployments } = await ask(z.object({ deployments: z.array(versionSchema) }), {
        command: 'listDeployments',
      });
      return new Map(deployments.map(({ deploymentId, release }) => [deploymentId, release]));
    },
    async reached(deploymentId, release) {
      const { versions } = await ask(z.object({ versions: z.array(versionSchema) }), {
        command: 'listVersions',
        deploymentId,
      });
      return versions.some((version) => version.release === release);
    },
  };
}
