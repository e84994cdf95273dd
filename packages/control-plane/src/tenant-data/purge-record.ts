import * as z from 'zod';
import { type ControlTable, WriteRefusedError } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';
import type { ArchiveName } from './archive-manifest';
import { type PurgeMemory, surveySchema } from './purge';
import type { Survey } from './survey';

const purgeSchema = z.object({
  tenantId: z.string(),
  deploymentId: z.string(),
  operationId: z.string(),
  tables: surveySchema,
});

const codec = recordCodec(purgeSchema, ({ tenantId, deploymentId, operationId }) => ({
  pk: `TENANT#${tenantId}`,
  sk: `PURGE#${deploymentId}#${operationId}`,
}));

/** What a purge found, in the control table: the first word of an operation holds. */
export function purgeMemory(table: ControlTable, name: ArchiveName): PurgeMemory {
  const { pk, sk } = codec.encode({ ...name, tables: {} });
  return {
    async recall(): Promise<Survey | undefined> {
      const item = await table.get({ pk, sk });
      return item && codec.decode(item).tables;
    },
    async keep(tables) {
      const item = codec.encode({ ...name, tables });
      try {
        await table.write([{ type: 'put', item, expect: { kind: 'absent' } }]);
      } catch (error) {
        if (!(error instanceof WriteRefusedError)) throw error;
      }
    },
  };
}
