import { type Measurement, onCloud } from './measurement';
import { measureRelease } from './release';
import { measureRequest } from './request';
import { measureStartAndMemory } from './start';
import { measureTenant } from './tenant';

/** Later measurements find the first start's state, so one clone and cloud serve all. */
export const allMeasurements: Measurement = {
  name: 'all',
  summary: 'start, memory, request, release and tenant on one clone',
  run: (context) =>
    onCloud(context, async (cloud) => [
      ...(await measureStartAndMemory(cloud, context)),
      await measureRequest(cloud, context),
      await measureRelease(cloud, context),
      await measureTenant(cloud, context),
    ]),
};
