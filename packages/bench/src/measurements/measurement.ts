import type { CloudOptions } from '../cloud-under-test';
import { CloudUnderTest } from '../cloud-under-test';
import type { Section } from '../figure';

/** What a measurement is given. */
export type MeasurementContext = CloudOptions;

/** A command of `pnpm bench`. */
export interface Measurement {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  run(context: MeasurementContext): Promise<readonly Section[]>;
}

/** Measures on a clone and cloud of its own, which are gone afterwards, whatever happened. */
export async function onCloud<T>(
  context: MeasurementContext,
  measure: (cloud: CloudUnderTest) => Promise<T>,
): Promise<T> {
  const cloud = await CloudUnderTest.make(context);
  try {
    return await measure(cloud);
  } finally {
    context.say('cleaning up');
    await cloud.close();
  }
}

/** As anyone types it at the root of the project. */
export function commandOf(name: string): string {
  return `pnpm bench ${name}`;
}
