import { type ControlClient, controlClient } from '@granary/client';
import { CliError } from '../cli-error';
import type { CommandContext } from '../commands/command-context';
import { readSession } from '../host/session-file';
import { signIn } from '../walk/users';

/** Settings that name a control plane elsewhere; both or none. */
export interface ControlEnvironment {
  readonly GRANARY_API_URL?: string | undefined;
  readonly GRANARY_TOKEN?: string | undefined;
}

/**
 * The control plane that a command speaks to: the one that the environment names, else the local cloud's, as the
 * operator that every start makes.
 *
 * @throws CliError when there is neither
 */
export async function openControl(
  { project }: Pick<CommandContext, 'project'>,
  environment: ControlEnvironment,
): Promise<ControlClient> {
  const { GRANARY_API_URL: baseUrl, GRANARY_TOKEN: token } = environment;
  if (baseUrl && token) return controlClient({ baseUrl, token });
  if (baseUrl || token)
    throw new CliError(`${baseUrl ? 'GRANARY_TOKEN' : 'GRANARY_API_URL'} is not set: set both, or neither`);
  const session = await readSession(project.stateFolder);
  if (!session)
    throw new CliError(
      'no control plane: start the local cloud (granary up), or set GRANARY_API_URL and GRANARY_TOKEN',
    );
  return controlClient({
    baseUrl: session.apiUrl,
    token: await signIn(session.endpoint, session, session),
  });
}
