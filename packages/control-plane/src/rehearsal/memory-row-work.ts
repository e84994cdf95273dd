import { createHash } from 'node:crypto';
import type { ControlTable } from '../control-table/control-table';
import type { RowWork } from '../lifecycle/row-work';
import type { ArchiveStore, Signer } from '../tenant-data/archive-store';
import { MemoryRows } from '../tenant-data/memory-rows';
import { TenantDataService } from '../tenant-data/tenant-data-service';
import type { WorkTime } from '../tenant-data/work-time';

/** The rows of tenants in memory, with the service that moves them, for tests: slices end after few rows. */
export class MemoryRowWork {
  /** By deployment. */
  private readonly tables = new Map<string, ReadonlyMap<string, MemoryRows>>();
  private readonly objects = new Map<string, Uint8Array>();
  private readonly facts = new Map<string, Readonly<Record<string, string>>>();
  /** Deployments in which the tenant's writes are shut out. */
  readonly shut = new Set<string>();

  constructor(
    private readonly tenantId: string,
    private readonly table: ControlTable,
    private readonly now: () => Date,
  ) {}

  /** The rows of one table in one deployment. */
  rows(deploymentId: string, table = 'products'): MemoryRows {
    const known = this.tables.get(deploymentId) ?? this.make(deploymentId);
    return known.get(table) as MemoryRows;
  }

  /** The service, a slice at a time. */
  get work(): RowWork {
    const service = new TenantDataService({
      table: this.table,
      open: ({ deploymentId }) => ({
        tables: this.tables.get(deploymentId) ?? this.make(deploymentId),
        gate: {
          shut: async () => void this.shut.add(deploymentId),
          open: async () => void this.shut.delete(deploymentId),
        },
      }),
      store: this.store,
      signer: SIGNER,
      tierShards: { basic: 4, premium: 4, platinum: 8 },
      settleSeconds: async () => 0,
      now: this.now,
    });
    return { slice: (request) => service.run(request, fewSteps()) };
  }

  private make(deploymentId: string): ReadonlyMap<string, MemoryRows> {
    const made = new Map(['orders', 'products'].map((name) => [name, new MemoryRows(this.tenantId)]));
    this.tables.set(deploymentId, made);
    return made;
  }

  private get store(): ArchiveStore {
    const { objects, facts } = this;
    return {
      name: 'memory',
      put: async (key, body, object) => {
        objects.set(key, Buffer.from(body));
        facts.set(key, object.facts ?? {});
      },
      get: async (key) => {
        const found = objects.get(key);
        if (!found) throw new Error(`there is no object ${key}`);
        return found;
      },
      facts: async (key) => (objects.has(key) ? (facts.get(key) ?? {}) : undefined),
    };
  }
}

const SIGNER: Signer = {
  keyId: 'key',
  algorithm: 'sha256',
  sign: async (text) => createHash('sha256').update(text).digest(),
  verify: async (text, signature) =>
    createHash('sha256').update(text).digest('hex') === Buffer.from(signature).toString('hex'),
};

function fewSteps(): WorkTime {
  let left = 6;
  return {
    over: () => {
      left -= 1;
      return left < 0;
    },
  };
}
