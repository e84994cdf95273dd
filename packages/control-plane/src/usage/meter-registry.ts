import {
  ConflictProblem,
  type Meter,
  type MeterInput,
  meterSchema,
  NotFoundProblem,
  PLATFORM_METERS,
} from '@granary/api';
import { type ControlTable, WriteRefusedError } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';

const LIST = 'METER';

const meterKey = (meterId: string) => ({ pk: `METER#${meterId}`, sk: 'METER' });

const meterCodec = recordCodec(meterSchema, ({ meterId }) => ({
  ...meterKey(meterId),
  listPk: LIST,
  listSk: meterId,
}));

const builtIn = new Map(PLATFORM_METERS.map((meter) => [meter.meterId, meter]));

/** Meters beyond which operators may not add. */
export const MAX_METERS = 200;

/** The platform's meters and the operators'. */
export async function listMeters(table: ControlTable): Promise<Meter[]> {
  const { items } = await table.list({ list: LIST, limit: MAX_METERS });
  return [...PLATFORM_METERS, ...items.map((item) => meterCodec.decode(item))];
}

/** @throws NotFoundProblem */
export async function readMeter(table: ControlTable, meterId: string): Promise<Meter> {
  const meter = builtIn.get(meterId);
  if (meter) return meter;
  const item = await table.get(meterKey(meterId));
  if (!item) throw new NotFoundProblem(`there is no meter "${meterId}"; see GET /meters`);
  return meterCodec.decode(item);
}

/**
 * Adds a meter. What was recorded for it before counts too.
 * @throws ConflictProblem when there is one of the id, or there are too many
 */
export async function createMeter(table: ControlTable, input: MeterInput): Promise<Meter> {
  const taken = new ConflictProblem(`there is a meter "${input.meterId}" already; choose another id`);
  if (builtIn.has(input.meterId)) throw taken;
  const { items } = await table.list({ list: LIST, limit: MAX_METERS });
  if (items.length >= MAX_METERS)
    throw new ConflictProblem(`there are ${MAX_METERS} meters already; use one of those`);
  const meter: Meter = { ...input, builtIn: false };
  try {
    await table.write([{ type: 'put', item: meterCodec.encode(meter), expect: { kind: 'absent' } }]);
  } catch (error) {
    throw error instanceof WriteRefusedError ? taken : error;
  }
  return meter;
}
