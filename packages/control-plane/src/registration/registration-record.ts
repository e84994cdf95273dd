import { createHash } from 'node:crypto';
import { type RegistrationInput, type RegistrationStatus, registrationEntrySchema } from '@granary/api';
import * as z from 'zod';
import type { ControlTable, Item, ItemKey, Write } from '../control-table/control-table';
import type { Listing } from '../control-table/page';
import { recordCodec } from '../control-table/record-codec';
import type { OperationRecord } from '../workflow/operation-record';

/** How long a registration that nobody approved is kept, in seconds: 30 days. */
const KEPT_SECONDS = 30 * 24 * 3600;

/** A registration as it is stored: what was asked for, and the onboarding that it led to. */
export const registrationRecordSchema = registrationEntrySchema.extend({
  /** When it goes if nobody approves it, in seconds. @default it stays */
  expiresAt: z.number().int().optional(),
});
export type RegistrationRecord = z.output<typeof registrationRecordSchema>;

const LIST = 'REGISTRATION';

export function registrationKey(registrationId: string): ItemKey {
  return { pk: `REGISTRATION#${registrationId}`, sk: 'REGISTRATION' };
}

type Placed = Pick<RegistrationRecord, 'registrationId' | 'status' | 'createdAt'>;

function placeOf({ registrationId, status, createdAt }: Placed): string {
  return `${status}#${createdAt}#${registrationId}`;
}

export const registrationCodec = recordCodec(registrationRecordSchema, (record) => ({
  ...registrationKey(record.registrationId),
  listPk: LIST,
  listSk: placeOf(record),
}));

/** Registrations by status, the oldest first: of one status, or all. */
export function registrationListing(status?: RegistrationStatus): Listing<RegistrationRecord> {
  return {
    list: LIST,
    ...(status === undefined ? {} : { prefix: `${status}#` }),
    places: /^[a-z-]+#[0-9TZ:.-]+#[A-Za-z0-9_-]{20,64}$/,
    locate: (place) => ({
      ...registrationKey(place.split('#')[2] as string),
      listPk: LIST,
      listSk: place,
    }),
    decode: (item) => registrationCodec.decode(item),
  };
}

export async function readRegistration(
  table: ControlTable,
  registrationId: string,
): Promise<RegistrationRecord | undefined> {
  const item = await table.get(registrationKey(registrationId));
  return item && registrationCodec.decode(item);
}

/** A registration whose onboarding begins in the same transaction. */
export function storeNewRegistration(record: RegistrationRecord): Write {
  return { type: 'put', item: registrationCodec.encode(record), expect: { kind: 'absent' } };
}

/** Stores a registration that was not decided yet, unless somebody decided meanwhile. */
export function decideRegistration(record: RegistrationRecord): Write {
  const expect = { kind: 'equal', attribute: 'status', value: 'awaiting-approval' } as const;
  return { type: 'put', item: registrationCodec.encode(record), expect };
}

/** A registration shows how far its onboarding is. */
export function mirrorStatus(
  { registrationId, createdAt }: Pick<RegistrationRecord, 'registrationId' | 'createdAt'>,
  { status, updatedAt }: Pick<RegistrationRecord, 'status' | 'updatedAt'>,
): Write {
  const listSk = placeOf({ registrationId, status, createdAt });
  return {
    type: 'update',
    key: registrationKey(registrationId),
    set: { status, updatedAt, listSk },
    expect: { kind: 'present' },
  };
}

/** A registration whose onboarding was begun anew: from now on it shows that one. */
export function followOperation(
  registrationId: string,
  {
    operationId,
    status,
    createdAt,
    updatedAt,
  }: Pick<OperationRecord, 'operationId' | 'status' | 'createdAt' | 'updatedAt'>,
): Write {
  const listSk = placeOf({ registrationId, status, createdAt });
  return {
    type: 'update',
    key: registrationKey(registrationId),
    set: { operationId, status, updatedAt, listSk },
    expect: { kind: 'present' },
  };
}

/** A registration that waits for an operator, and the way back to it for who asks for the same again. */
export function storeAwaiting(record: RegistrationRecord): Write[] {
  const expiresAt = Math.floor(Date.parse(record.createdAt) / 1000) + KEPT_SECONDS;
  const pointer: Item = {
    ...requestKey(record),
    registrationId: record.registrationId,
    expiresAt,
  };
  return [
    storeNewRegistration({ ...record, expiresAt }),
    { type: 'put', item: pointer, expect: { kind: 'absent' } },
  ];
}

/** The registration that somebody made who knew all of the request. */
export async function findAwaiting(
  table: ControlTable,
  request: RegistrationInput,
): Promise<RegistrationRecord | undefined> {
  const pointer = await table.get(requestKey(request));
  return pointer && readRegistration(table, String(pointer.registrationId));
}

function requestKey({ tenantId, name, tier, adminEmail }: RegistrationInput): ItemKey {
  const digest = createHash('sha256').update(JSON.stringify([tenantId, name, tier, adminEmail]));
  return { pk: `REQUEST#${digest.digest('hex')}`, sk: 'REQUEST' };
}
