import {
  type Item,
  type ReleaseTable,
  WriteRefusedError,
  wholePartition,
} from '../release-table/release-table';
import {
  CURRENT_LIST,
  currentKey,
  VERSION_PREFIX,
  type Version,
  versionItems,
  versionOf,
  versionPartition,
} from './version';

/** A deployment's versions, the newest first. */
export async function versionsOf(
  table: Pick<ReleaseTable, 'query'>,
  deploymentId: string,
): Promise<readonly Version[]> {
  const items = await wholePartition(table, {
    pk: versionPartition(deploymentId),
    prefix: VERSION_PREFIX,
    descending: true,
  });
  return items.map(versionOf);
}

/** What a deployment's stack holds now; undefined before its first release. */
export async function currentVersion(
  table: Pick<ReleaseTable, 'get'>,
  deploymentId: string,
): Promise<Version | undefined> {
  const item = await table.get(currentKey(deploymentId));
  return item && versionOf(item);
}

/** What every deployment's stack holds now, by the deployments' ids. May lag behind the last releases. */
export async function currentVersions(table: Pick<ReleaseTable, 'list'>): Promise<readonly Version[]> {
  return (await currentItems(table)).map(versionOf);
}

/** So many are read one by one: a fleet's list is a hundred times longer than its first wave. */
const FEW = 1000;
/** Reads of the table at the same time. */
const AT_ONCE = 25;

/**
 * What the stacks of these deployments hold now, of those that have a version. Read consistently, but for more than
 * a thousand: then it may lag behind the last releases.
 */
export async function currentVersionsOf(
  table: Pick<ReleaseTable, 'get' | 'list'>,
  deploymentIds: readonly string[],
): Promise<readonly Version[]> {
  if (deploymentIds.length > FEW) {
    const asked = new Set<unknown>(deploymentIds);
    const items = await currentItems(table);
    return items.filter(({ deploymentId }) => asked.has(deploymentId)).map(versionOf);
  }
  const found: (Version | undefined)[] = [];
  for (let first = 0; first < deploymentIds.length; first += AT_ONCE)
    found.push(
      ...(await Promise.all(
        deploymentIds.slice(first, first + AT_ONCE).map((id) => currentVersion(table, id)),
      )),
    );
  return found.filter((version) => version !== undefined);
}

async function currentItems(table: Pick<ReleaseTable, 'list'>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (;;) {
    const after = items.at(-1);
    const page = await table.list({ list: CURRENT_LIST, limit: 500, ...(after ? { after } : {}) });
    items.push(...page.items);
    if (!page.more || page.items.length === 0) return items;
  }
}

/**
 * Adds a version, and makes it the current one unless a later one is. Twice is the same as once.
 * @param holds whether the deployment's stack holds it; a release that CloudFormation rolled back does not
 */
export async function storeVersion(
  table: Pick<ReleaseTable, 'get' | 'put'>,
  version: Version,
  holds: boolean,
): Promise<void> {
  const items = versionItems(version);
  try {
    await table.put(items.version, 'absent');
  } catch (error) {
    if (!(error instanceof WriteRefusedError)) throw error;
  }
  if (!holds) return;
  const current = await currentVersion(table, version.deploymentId);
  if (current && current.deployedAt > version.deployedAt) return;
  await table.put(items.current, 'any');
}
