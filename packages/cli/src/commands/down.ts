import { CloudNotRunningError, ControlClient, readCloudFile } from '@granary/local';
import { EXIT, type ExitCode } from '../cli-error';
import { PATIENCE, until } from '../walk/patience';
import { answer, type CommandContext } from './command-context';

/** Stops the local cloud; its state stays. That none runs is no failure. */
export async function down(context: CommandContext): Promise<ExitCode> {
  const { stateFolder } = context.project;
  let client: ControlClient;
  try {
    client = await ControlClient.connect(stateFolder);
  } catch (error) {
    if (!(error instanceof CloudNotRunningError)) throw error;
    answer(context, { stopped: false }, () => ['no local cloud runs']);
    return EXIT.ok;
  }
  const { pid } = await client.status();
  await client.stop();
  await until(
    `process ${pid} to stop the local cloud`,
    async () => ((await readCloudFile(stateFolder))?.pid === pid ? undefined : true),
    PATIENCE,
  );
  answer(context, { stopped: true, pid }, () => ['the local cloud is stopped; its state stays']);
  return EXIT.ok;
}
