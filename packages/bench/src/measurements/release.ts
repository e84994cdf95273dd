import type { CloudUnderTest } from '../cloud-under-test';
import type { Section } from '../figure';
import { describePhases } from '../stage-times';
import type { TemporaryClone } from '../temporary-clone';
import { commandOf, type Measurement, type MeasurementContext, onCloud } from './measurement';

/** Entry of a function that every deployment has; an export of an entry stays in its bundle. */
const SOURCE = 'packages/app-services/src/product/handler.ts';
const CHANGE = "\nexport const measuredRelease = 'one release later';\n";

export const releaseMeasurement: Measurement = {
  name: 'release',
  summary: "a change of one function's source, from git push to the end of the last wave",
  run: (context) => onCloud(context, async (cloud) => [await measureRelease(cloud, context)]),
};

/** Commits a change that one function's bundle differs by. */
export async function changeOneFunction(clone: TemporaryClone): Promise<void> {
  await clone.append(SOURCE, CHANGE);
  await clone.commit('Change one function');
}

export async function measureRelease(
  cloud: CloudUnderTest,
  { say }: Pick<MeasurementContext, 'say'>,
): Promise<Section> {
  await cloud.up();
  await changeOneFunction(cloud.clone);
  say('pushing a change of one function');
  const { at, released } = await cloud.push();
  const { endedAt, changed, stages } = await released;
  return {
    title: 'Release',
    command: commandOf('release'),
    figures: [
      {
        what: 'git push to the end of the last wave',
        value: (endedAt - at) / 1000,
        unit: 's',
        note: `one line changed in the product function: ${describePhases(stages)}`,
      },
      { what: 'stacks changed', value: changed.length, unit: 'stacks', note: changed.join(', ') },
    ],
  };
}
