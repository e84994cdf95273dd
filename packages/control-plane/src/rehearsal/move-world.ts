import type { DeploymentRegistration } from '@granary/api';
import { readDeployment } from '../deployment/deployment-record';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { readTenant } from '../tenant/tenant-record';
import { readOperation } from '../workflow/operation-record';
import type { CrashPoint } from './crash-schedule';
import { MemoryDeployment } from './memory-deployment';
import { MemoryMachine } from './memory-machine';
import { MemoryPeople } from './memory-people';
import { MemoryRowWork } from './memory-row-work';
import { ANYONE, BUYER, OPERATOR, Rehearsal, registrationOf, SILO } from './rehearsal';

const users = { roleArn: 'arn:aws:iam::222222222222:role/granary-users', tableName: 'users' };
/** What the pipeline registers once the tenant is in the manifest. */
export const HOOLI_SILO = {
  ...SILO,
  deploymentId: 'hooli',
  users,
  tenant: { tenantId: 'hooli', name: BUYER.name, tier: 'platinum', adminEmail: BUYER.adminEmail },
};
const POOL = registrationOf({ users });
const TOM = 'tom@hooli.example';
const EVE = 'eve@hooli.example';
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
export const REQUEST = { tenantId: 'hooli', requestedBy: OPERATOR };

/** What the deployments register otherwise than in memory. */
export interface MoveHomes {
  readonly pool?: Partial<DeploymentRegistration>;
  readonly silo?: Partial<DeploymentRegistration>;
}

/**
 * A tenant with rows and people in a pool or in a silo, and a neighbour in the pool whose things must stay, for tests.
 * `points` say where processes die.
 */
export class MoveWorld {
  readonly stage = new Rehearsal();
  readonly people = new Map<string, MemoryPeople>();
  private readonly deployments = new Map<string, MemoryDeployment>([['pool-us', this.stage.deployment]]);
  readonly data: MemoryRowWork;
  readonly machine: MemoryMachine;

  constructor(
    points: readonly (CrashPoint | undefined)[] = [],
    private readonly homes: MoveHomes = {},
  ) {
    const { dependencies, crashes, executions } = this.stage;
    this.data = new MemoryRowWork('hooli', dependencies.table, dependencies.now);
    Object.assign(dependencies, {
      open: ({ deploymentId }: { deploymentId: string }) => crashes.through(this.at(deploymentId)),
      ports: {
        ...dependencies.ports,
        rows: crashes.through(this.data.work),
        users: ({ deploymentId }: { deploymentId: string }) => ({
          rowsOf: (tenantId: string) => crashes.through(this.peopleAt(deploymentId).rowsOf(tenantId)),
          accounts: crashes.through(this.peopleAt(deploymentId).accounts),
        }),
      },
    });
    const left = [...points];
    this.machine = new MemoryMachine({ dependencies, executions, crashes, dies: () => left.shift() });
  }

  get dependencies() {
    return this.stage.dependencies;
  }

  at(deploymentId: string): MemoryDeployment {
    const known = this.deployments.get(deploymentId) ?? new MemoryDeployment();
    this.deployments.set(deploymentId, known);
    return known;
  }

  peopleAt(deploymentId: string): MemoryPeople {
    const known = this.people.get(deploymentId) ?? new MemoryPeople(this.at(deploymentId));
    this.people.set(deploymentId, known);
    return known;
  }

  /** The tenant where it begins, with these rows. */
  async open(start: 'pool' | 'silo', rows: readonly string[] = LETTERS): Promise<this> {
    const { dependencies, stage } = this;
    await registerDeployment({ ...POOL, ...this.homes.pool }, dependencies);
    await signUp({ ...BUYER, tenantId: 'initech', adminEmail: 'bill@initech.example' }, ANYONE, dependencies);
    await stage.onboard('initech');
    const deploymentId = start === 'pool' ? 'pool-us' : 'hooli';
    if (start === 'pool') await signUp(BUYER, ANYONE, dependencies);
    else await this.release();
    await stage.onboard('hooli');
    const tier = start === 'pool' ? 'basic' : 'platinum';
    const { people } = this.at(deploymentId);
    people.set(TOM, { email: TOM, tenantId: 'hooli', tier, role: 'TenantUser', enabled: false });
    people.set(EVE, { email: EVE, tenantId: 'hooli', tier, role: 'TenantAdmin', support: true });
    for (const name of rows) await this.write(deploymentId, name);
    return this;
  }

  /** A row of the tenant, as its services write it. */
  async write(deploymentId: string, name: string): Promise<void> {
    if (this.data.shut.has(deploymentId)) throw new Error(`writes are frozen in ${deploymentId}`);
    const sortKey = `PRODUCT#${name}`;
    await this.data.rows(deploymentId).put([{ row: { sk: { S: sortKey } }, sortKey, shard: 0 }]);
  }

  /** The tenant goes on where it is, if it is let in and may write. @returns whether it did */
  async live(name: string): Promise<boolean> {
    const { deploymentId = '', tier = '' } = (await readTenant(this.stage.table, 'hooli')) ?? {};
    const { entries, people } = this.at(deploymentId);
    if (this.data.shut.has(deploymentId) || entries.get('hooli')?.status !== 'active') return false;
    await this.write(deploymentId, name);
    const email = `${name}@hooli.example`;
    people.set(email, { email, tenantId: 'hooli', tier, role: 'TenantUser' });
    return true;
  }

  /** The pipeline deploys what the manifest lists, and registers it. */
  async release(): Promise<void> {
    await this.stage.crashes.run(undefined, () =>
      registerDeployment({ ...HOOLI_SILO, ...this.homes.silo }, this.dependencies),
    );
  }

  manifest(): readonly { readonly id: string; readonly tier: string; readonly state?: string }[] {
    return JSON.parse(this.stage.manifest.repository.log().at(-1)?.text ?? '').tenants;
  }

  /** As the manifest says of a tenant that began in a silo. */
  async addToManifest(): Promise<void> {
    const { tenantId: id, ...facts } = HOOLI_SILO.tenant;
    await this.stage.manifest.source.addTenant({
      operationId: 'by-hand',
      way: 'commit',
      tenant: { id, ...facts, cell: 'us-1' },
    });
  }

  async status(operationId: string): Promise<string | undefined> {
    return (await readOperation(this.stage.table, operationId))?.status;
  }

  /** What is there of the tenant, at one end. */
  async end(deploymentId: string) {
    const { entries, keys, ownPlans, people } = this.at(deploymentId);
    const entry = entries.get('hooli');
    const mine = [...people.values()].filter(({ tenantId }) => tenantId === 'hooli');
    const directory = this.peopleAt(deploymentId).rowsOf('hooli');
    return {
      rows: this.data
        .rows(deploymentId)
        .all()
        .map(({ sortKey }) => sortKey.slice('PRODUCT#'.length))
        .sort(),
      entry: entry && [entry.status, entry.tier],
      keys: [...keys.values()]
        .filter(({ name }) => name.startsWith('granary-hooli'))
        .map(({ enabled = true }) => enabled),
      ownPlans: ownPlans.size,
      people: mine
        .map(({ email, role = 'TenantAdmin', enabled = true, tier }) =>
          [email, role, enabled, tier].join(' '),
        )
        .sort(),
      listed: [...directory.rows.keys()].sort(),
      admins: directory.admins,
    };
  }

  /** Where the tenant is, and what is shut or counted. */
  async whole() {
    const { table, deployment } = this.stage;
    const tenant = await readTenant(table, 'hooli');
    return {
      tenant: [tenant?.status, tenant?.model, tenant?.tier, tenant?.deploymentId, tenant?.operation],
      shut: [...this.data.shut],
      neighbour: [deployment.entries.get('initech')?.status, deployment.people.has('bill@initech.example')],
      placed: (await readDeployment(table, 'pool-us'))?.tenants,
    };
  }
}

const person = (email: string, role: string, enabled: boolean, tier: string) =>
  [email, role, enabled, tier].join(' ');

/** An end that serves the tenant with the rows `a` to `g`, and what `more` says. */
export function serving(tier: string, more: Added & { readonly support?: boolean } = {}) {
  return {
    rows: [...LETTERS, ...(more.rows ?? [])].sort(),
    entry: ['active', tier],
    keys: [true],
    ownPlans: 0,
    people: [
      ...(more.support ? [person(EVE, 'TenantAdmin', true, tier)] : []),
      person(BUYER.adminEmail, 'TenantAdmin', true, tier),
      person(TOM, 'TenantUser', false, tier),
      ...(more.people ?? []).map((email) => person(email, 'TenantUser', true, tier)),
    ].sort(),
  };
}

/** What a tenant wrote, and whom it made a user, besides what it began with. */
interface Added {
  readonly rows?: readonly string[];
  readonly people?: readonly string[];
}

/** An end that holds nothing of the tenant. */
export const EMPTY = { rows: [], entry: undefined, keys: [], ownPlans: 0, people: [], listed: [], admins: 0 };

const NEIGHBOUR = ['active', true];

/** What is asked for. */
export const TO_SILO = { tier: 'platinum' };
export const TO_POOL = { tier: 'premium' };
/** The whole, for a tenant of the pool; nothing holds it. */
export const inPool = (tier: string) => ({
  tenant: ['active', 'pool', tier, 'pool-us', undefined],
  shut: [],
  neighbour: NEIGHBOUR,
  placed: 2,
});
/** The whole, for a tenant of the silo. */
export const IN_SILO = {
  tenant: ['active', 'silo', 'platinum', 'hooli', undefined],
  shut: [],
  neighbour: NEIGHBOUR,
  placed: 1,
};
