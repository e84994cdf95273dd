import { setTimeout as pause } from 'node:timers/promises';
import { additionOf, changeOf, type ManifestEdit, offboardingOf, removalOf } from './manifest-edit';
import type { ManifestRepository } from './manifest-repository';
import { SourceError, StaleSourceError } from './source-error';
import type { ChangeRequest, SourceChange, SourceProvider } from './source-provider';

/** Tries of one change: each loses only to another writer, who got ahead. */
const ATTEMPTS = 8;
/** Longest pause before the first further try, in milliseconds; doubled each time. */
const PAUSE = 200;

export interface RepositorySourceOptions {
  /** Waits so many milliseconds. @default a timer */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** 0 to 1, for the pauses' jitter. @default Math.random */
  readonly random?: () => number;
}

/** Where a change that is proposed is kept until people merge it. */
export function proposalBranch(operationId: string): string {
  return `granary/${operationId}`;
}

/** The line of a commit's message by which the change is found again. */
export function operationMark(operationId: string): string {
  return `Granary-Operation: ${operationId}`;
}

/** Changes the manifest in a repository: read, edit, write if nobody was faster, else again on what is there now. */
export function repositorySource(
  repository: ManifestRepository,
  options: RepositorySourceOptions = {},
): SourceProvider {
  const make = (request: ChangeRequest, edit: ManifestEdit): Promise<SourceChange> => {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(request.operationId))
      throw new SourceError(
        `operation id "${request.operationId}" cannot name a branch: use 1 to 80 letters, digits, "-" and "_"`,
        { transient: false },
      );
    return request.way === 'commit' ? commit(request, edit) : propose(request, edit);
  };

  async function commit({ operationId }: ChangeRequest, edit: ManifestEdit): Promise<SourceChange> {
    const { branch } = repository;
    return persistently(async () => {
      const made = await repository.findCommit(operationMark(operationId));
      return made ?? (await writeOn(branch, operationId, edit)) ?? repository.head();
    });
  }

  async function propose({ operationId }: ChangeRequest, edit: ManifestEdit): Promise<SourceChange> {
    const branch = proposalBranch(operationId);
    const proposed = await repository.findProposal(branch);
    if (proposed) return proposed;
    const { text } = await repository.read(repository.branch);
    if (edit.apply(text) === text)
      return (await repository.findCommit(operationMark(operationId))) ?? repository.head();
    await repository.branchOff(branch);
    await persistently(() => writeOn(branch, operationId, edit));
    const body = `The control plane proposes this. A merge releases it.\n\n${operationMark(operationId)}`;
    return repository.propose({ branch, title: edit.subject, body, operationId });
  }

  /** @returns undefined when the branch says so already */
  async function writeOn(
    branch: string,
    operationId: string,
    edit: ManifestEdit,
  ): Promise<SourceChange | undefined> {
    const { text, revision } = await repository.read(branch);
    const edited = edit.apply(text);
    if (edited === text) return undefined;
    const message = `${edit.subject}\n\n${operationMark(operationId)}`;
    return repository.write({ branch, text: edited, revision, message });
  }

  async function persistently<T>(attempt: () => Promise<T>): Promise<T> {
    for (let failed = 0; ; failed += 1)
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof StaleSourceError)) throw error;
        if (failed + 1 >= ATTEMPTS)
          throw new SourceError(
            `branch "${repository.branch}" moved ${ATTEMPTS} times while tenants.json was edited; try again later`,
            { transient: true, cause: error },
          );
        const { random = Math.random } = options;
        await (options.pause ?? pause)(random() * PAUSE * 2 ** failed);
      }
  }

  return {
    addTenant: async (request) => make(request, additionOf(request)),
    changeTenant: async (request) => make(request, changeOf(request)),
    offboardTenant: async (request) => make(request, offboardingOf(request)),
    removeTenant: async (request) => make(request, removalOf(request)),
    state: (change) => repository.state(change),
  };
}
