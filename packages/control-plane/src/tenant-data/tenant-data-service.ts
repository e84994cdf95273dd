import * as z from 'zod';
import type { ControlTable } from '../control-table/control-table';
import { type DeploymentRecord, readDeployment } from '../deployment/deployment-record';
import type { ArchiveStore, Signer } from './archive-store';
import { copyRows } from './copy';
import { digestSchema, walkCursorSchema } from './cursor';
import type { OpenTenantData, TenantData } from './deployment-data';
import { exportCursorSchema, exportRows } from './export';
import { dropFreeze, readFreeze, takeFreeze } from './freeze-record';
import { purgeCursorSchema, purgeRows } from './purge';
import { purgeMemory } from './purge-record';
import { writeReceipt } from './receipt';
import { sealStatement } from './seal';
import { TenantDataRefusedError } from './tenant-data-error';
import type { TenantDataAction, TenantDataRequest } from './tenant-data-request';
import { verifyCursorSchema, verifyRows } from './verify';
import { verifyExport } from './verify-export';
import type { Slice, WorkTime } from './work-time';

export interface TenantDataDependencies {
  readonly table: ControlTable;
  readonly open: OpenTenantData;
  readonly store: ArchiveStore;
  readonly signer: Signer;
  /** Shards by tier. */
  readonly tierShards: Readonly<Record<string, number>>;
  /** Seconds until a policy that was just written holds everywhere. */
  readonly settleSeconds: () => Promise<number>;
  readonly now: () => Date;
}

const copyCursorSchema = walkCursorSchema.extend({ put: z.number(), deleted: z.number() });
const verifyExportCursorSchema = digestSchema.extend({ file: z.number().int().min(0) });

/** One slice of what lifecycle asks of a tenant's rows. */
export class TenantDataService {
  constructor(private readonly dependencies: TenantDataDependencies) {}

  /** @throws TenantDataRefusedError, TenantDataMismatchError, TransientTenantDataError, or what AWS throws */
  run(request: TenantDataRequest, time: WorkTime): Promise<Slice<unknown, unknown>> {
    switch (request.action) {
      case 'copy':
        return this.copy(request, time);
      case 'verify':
        return this.verify(request, time);
      case 'freeze':
        return this.freeze(request);
      case 'thaw':
        return this.thaw(request);
      case 'export':
        return this.export(request, time);
      case 'verify-export':
        return this.verifyExport(request, time);
      case 'purge':
        return this.purge(request, time);
      case 'seal':
        return this.seal(request);
    }
  }

  private async copy(request: TenantDataAction<'copy'>, time: WorkTime) {
    const { tierShards } = this.dependencies;
    const shards = Object.hasOwn(tierShards, request.tier) ? tierShards[request.tier] : undefined;
    if (shards === undefined)
      throw new TenantDataRefusedError(
        `there is no tier "${request.tier}"; the manifest has ${Object.keys(tierShards).join(', ')}`,
      );
    const [source, target] = await this.ends(request);
    return copyRows({
      source: source.tables,
      target: target.tables,
      shards,
      cursor: cursorOf(copyCursorSchema, request),
      time,
    });
  }

  private async verify(request: TenantDataAction<'verify'>, time: WorkTime) {
    const [source, target] = await this.ends(request);
    return verifyRows(source.tables, target.tables, cursorOf(verifyCursorSchema, request), time);
  }

  /** Shuts the gate, then waits: until IAM has told everyone, a write may still pass. */
  private async freeze(request: TenantDataAction<'freeze'>): Promise<Slice<unknown, unknown>> {
    const { table, now, settleSeconds } = this.dependencies;
    const { tenantId, deploymentId, operationId } = request;
    const { gate } = await this.open(deploymentId, tenantId);
    const frozenAt = now().toISOString();
    // The record first: what is shut can be found and opened again.
    const record = await takeFreeze(table, { tenantId, deploymentId, operationId, frozenAt });
    await gate.shut();
    const since = z.string().optional().parse(request.cursor) ?? frozenAt;
    const left = (await settleSeconds()) - (now().getTime() - Date.parse(since)) / 1000;
    if (left > 0) return { done: false, cursor: since, waitSeconds: Math.ceil(left) };
    return { done: true, result: { frozenAt: record.frozenAt } };
  }

  private async thaw(request: TenantDataAction<'thaw'>): Promise<Slice<unknown, unknown>> {
    const { table } = this.dependencies;
    const held = await readFreeze(table, request);
    if (!held) return { done: true, result: { thawed: false } };
    if (held.operationId !== request.operationId)
      throw new TenantDataRefusedError(
        `tenant "${request.tenantId}" is frozen in "${request.deploymentId}" by operation ${held.operationId}, which alone may thaw it`,
      );
    const { gate } = await this.open(request.deploymentId, request.tenantId);
    await gate.open();
    // The record last: a thaw that was cut off is found again.
    await dropFreeze(table, request, request.operationId);
    return { done: true, result: { thawed: true } };
  }

  private async export(request: TenantDataAction<'export'>, time: WorkTime) {
    const { store, signer, now } = this.dependencies;
    await this.requireFrozen(request);
    const { tables } = await this.open(request.deploymentId, request.tenantId);
    const cursor = cursorOf(exportCursorSchema, request);
    return exportRows({ ...request, tables, store, signer, now, time, cursor });
  }

  private verifyExport(request: TenantDataAction<'verify-export'>, time: WorkTime) {
    const { store, signer } = this.dependencies;
    const cursor = cursorOf(verifyExportCursorSchema, request);
    return verifyExport({ ...request, store, signer, time, cursor });
  }

  private async purge(request: TenantDataAction<'purge'>, time: WorkTime): Promise<Slice<unknown, unknown>> {
    const { table, store, signer, now } = this.dependencies;
    await this.requireFrozen(request);
    const { tables } = await this.open(request.deploymentId, request.tenantId);
    const slice = await purgeRows({
      tables,
      memory: purgeMemory(table, request),
      expected: request.expected,
      cursor: cursorOf(purgeCursorSchema, request),
      time,
    });
    if (!slice.done) return slice;
    const { rows, digest } = slice.result;
    const receipt = await writeReceipt({ store, signer }, request, slice.result, now());
    return { done: true, result: { ...receipt, rows, digest } };
  }

  private async seal(request: TenantDataAction<'seal'>): Promise<Slice<unknown, unknown>> {
    return { done: true, result: await sealStatement(this.dependencies, request, request.statement) };
  }

  /** What is counted, signed or removed must not change meanwhile. */
  private async requireFrozen(request: TenantDataAction<'export' | 'purge'>): Promise<void> {
    const held = await readFreeze(this.dependencies.table, request);
    if (held?.operationId === request.operationId) return;
    throw new TenantDataRefusedError(
      `${request.action} refused: tenant "${request.tenantId}" is not frozen in "${request.deploymentId}" by operation ${request.operationId}; freeze it first`,
    );
  }

  private ends({
    from,
    to,
    tenantId,
  }: TenantDataAction<'copy' | 'verify'>): Promise<[TenantData, TenantData]> {
    if (from === to)
      throw new TenantDataRefusedError(`"${from}" is both the source and the target: name two deployments`);
    return Promise.all([this.open(from, tenantId), this.open(to, tenantId)]);
  }

  private async open(deploymentId: string, tenantId: string): Promise<TenantData> {
    const deployment: DeploymentRecord | undefined = await readDeployment(
      this.dependencies.table,
      deploymentId,
    );
    if (!deployment) throw new TenantDataRefusedError(`there is no deployment "${deploymentId}"`);
    return this.dependencies.open(deployment, tenantId);
  }
}

function cursorOf<Schema extends z.ZodType>(
  schema: Schema,
  { action, cursor }: TenantDataRequest,
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new TenantDataRefusedError(`the cursor is none that ${action} gave; begin without one`);
}
