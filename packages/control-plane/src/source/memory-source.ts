import { MemoryRepository } from './memory-repository';
import { repositorySource } from './repository-source';
import type { SourceProvider } from './source-provider';

/** The source in memory, for tests and rehearsals, with the repository behind it. */
export function memorySource(text: string): {
  readonly source: SourceProvider;
  readonly repository: MemoryRepository;
} {
  const repository = new MemoryRepository(text);
  return { repository, source: repositorySource(repository, { pause: async () => undefined }) };
}
