import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../cli-error';
import type { Project } from '../host/project';

const run = promisify(execFile);

/**
 * Synthesizes the project as `cdk synth` does, into a folder that is gone afterwards.
 *
 * @param use of the cloud assembly's folder
 * @throws CliError when the project cannot be synthesized
 */
export async function synthesized<T>(
  { folder }: Project,
  signal: AbortSignal,
  use: (assembly: string) => Promise<T>,
): Promise<T> {
  const output = await mkdtemp(join(tmpdir(), 'granary-synth-'));
  try {
    const cwd = join(folder, 'pipelines');
    const { context } = JSON.parse(await readFile(join(cwd, 'cdk.json'), 'utf8'));
    await run(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      cwd,
      signal,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        CDK_OUTDIR: output,
        CDK_CONTEXT_JSON: JSON.stringify(context),
        // The check of templates takes most of a synth's time; a push runs it.
        CDK_VALIDATION: 'false',
      },
    });
    return await use(output);
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new CliError(
      `the project in "${folder}" cannot be synthesized: ${stderr.trim().split('\n').slice(-5).join('\n') || message}`,
      { cause },
    );
  } finally {
    await rm(output, { recursive: true, force: true, maxRetries: 5 });
  }
}
