import { setTimeout as pause } from 'node:timers/promises';
import type { ControlTable } from '../control-table/control-table';
import type { ToyWorld } from './toy-workflow';

/** What a step of the toy meets: `timeout` lasts longer than its function may run, `hold` until it is lifted. */
export type ToyFault = 'error' | 'throttle' | 'timeout' | 'hold';

const TICK_MS = 50;
const LONG_MS = 600_000;
const any = { kind: 'any' } as const;

/** The toy's world in the control table, with faults that outlive the process: each befalls its step once. */
export class TableToyWorld implements ToyWorld {
  constructor(private readonly table: ControlTable) {}

  /** Nothing is made for the tenant, and its steps will meet these faults. */
  async begin(
    tenantId: string,
    steps: readonly string[],
    faults: Readonly<Record<string, ToyFault>>,
  ): Promise<void> {
    await this.table.write([
      ...steps.map((name) => ({ type: 'delete' as const, key: madeKey(tenantId, name), expect: any })),
      ...Object.entries(faults).map(([name, fault]) => ({
        type: 'put' as const,
        item: { ...faultKey(tenantId, name), fault },
        expect: any,
      })),
    ]);
  }

  async make(name: string, tenantId: string): Promise<void> {
    // What is carried out before the fault is what a retry has to find.
    await this.table.write([{ type: 'put', item: madeKey(tenantId, name), expect: any }]);
    const fault = (await this.table.get(faultKey(tenantId, name)))?.fault as ToyFault | undefined;
    if (fault === undefined) return;
    if (fault === 'hold') return this.hold(name, tenantId);
    await this.lift(name, tenantId);
    if (fault === 'timeout') await pause(LONG_MS);
    throw Object.assign(new Error(fault), fault === 'throttle' ? { name: 'ThrottlingException' } : {});
  }

  async remove(name: string, tenantId: string): Promise<void> {
    await this.table.write([{ type: 'delete', key: madeKey(tenantId, name), expect: any }]);
  }

  async lift(name: string, tenantId: string): Promise<void> {
    await this.table.write([{ type: 'delete', key: faultKey(tenantId, name), expect: any }]);
  }

  /** What is there of the tenant, by the step that made it. */
  async made(tenantId: string): Promise<readonly string[]> {
    const { items } = await this.table.query({ pk: madeKey(tenantId, '').pk, limit: 10 });
    return items.map(({ sk }) => sk);
  }

  private async hold(name: string, tenantId: string): Promise<void> {
    while (await this.table.get(faultKey(tenantId, name))) await pause(TICK_MS);
  }
}

const madeKey = (tenantId: string, sk: string) => ({ pk: `WORLD#${tenantId}`, sk });
const faultKey = (tenantId: string, sk: string) => ({ pk: `FAULT#${tenantId}`, sk });
