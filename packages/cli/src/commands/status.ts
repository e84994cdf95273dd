import { allItems, controlClient } from '@granary/client';
import { ControlClient } from '@granary/local';
import { EXIT, type ExitCode } from '../cli-error';
import { readPages } from '../host/pages-file';
import { type Project, readManifest } from '../host/project';
import { readSession } from '../host/session-file';
import { type Fleet, statusLines } from '../render/status';
import { signIn } from '../walk/users';
import { listDeployments } from '../walk/walk';
import { answer, type CommandContext } from './command-context';

/** Shows the local cloud, the release under way, where its pages are, and which tenant runs which release where. */
export async function status(context: CommandContext): Promise<ExitCode> {
  const { project, terminal } = context;
  const client = await ControlClient.connect(project.stateFolder);
  const [cloud, fleet, pages, manifest] = await Promise.all([
    client.status(),
    readFleet(project),
    readPages(project.stateFolder),
    readManifest(project),
  ]);
  const shown = { cloud, fleet, pages };
  answer(context, shown, () => statusLines(shown, manifest, Date.now(), terminal.palette));
  return EXIT.ok;
}

/** Asks the control plane as the operator of this start. */
async function readFleet(project: Project): Promise<Fleet> {
  const session = await readSession(project.stateFolder);
  if (!session) return { type: 'unknown', reason: 'no control plane is deployed yet' };
  try {
    const token = await signIn(session.endpoint, session, session);
    const api = controlClient({ baseUrl: session.apiUrl, token });
    const [tenants, deployments, states] = await Promise.all([
      allItems(api.listTenants),
      listDeployments(api, session.endpoint),
      // While the release engine is being replaced, the rest is worth telling.
      allItems(api.getFleet, { query: { limit: 500 } }).catch(() => undefined),
    ]);
    return { type: 'known', tenants, deployments, ...(states ? { states } : {}) };
  } catch (error) {
    return { type: 'unknown', reason: (error as Error).message };
  }
}
