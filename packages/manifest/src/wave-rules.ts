import { type Draft, type Entry, own, textOf, textsOf } from './draft';
import { formatPath, type Path, type Problem } from './problem';
import { repeated } from './repetition';

/** Parts of a release that come before the waves, and are recorded by these names. */
export const RESERVED_WAVE_NAMES: readonly string[] = ['control-plane', 'pools'];

/** Names, rings and percentages of the waves. */
export function* waveProblems({ waves = [], pools, tenants }: Draft): Generator<Problem> {
  yield* repeated(waves, 'name', 'wave');
  yield* takenNames(waves, [...pools, ...tenants]);
  yield* repeatedRings(waves);
  yield* percentageProblems(waves);
  yield* skipProblems(waves);
}

/** A wave of one deployment is a pipeline stage with the deployment's name, so the two must differ. */
function* takenNames(waves: readonly Entry[], deployments: readonly Entry[]): Generator<Problem> {
  const ids = new Set(deployments.map((entry) => textOf(entry, 'id')));
  for (const wave of waves) {
    const name = textOf(wave, 'name');
    if (name === undefined) continue;
    const path = [...wave.path, 'name'];
    if (RESERVED_WAVE_NAMES.includes(name))
      yield {
        path,
        message: 'is the name of a part of every release',
        advice: `choose another name than ${RESERVED_WAVE_NAMES.join(', ')}`,
      };
    else if (ids.has(name))
      yield { path, message: 'is the id of a pool or tenant', advice: 'choose another name for the wave' };
  }
}

function* repeatedRings(waves: readonly Entry[]): Generator<Problem> {
  const seen = new Map<string, Path>();
  for (const { path, text } of waves.flatMap((wave) => textsOf(wave, 'rings'))) {
    const first = seen.get(text);
    if (first) yield { path, message: `stands at ${formatPath(first)} too`, advice: 'keep it in one wave' };
    else seen.set(text, path);
  }
}

function* percentageProblems(waves: readonly Entry[]): Generator<Problem> {
  let reached = 0;
  for (const wave of waves) {
    const percentage = own(wave.fields, 'percentage');
    if (percentage === undefined && own(wave.fields, 'rings') === undefined)
      yield { path: wave.path, message: 'takes no tenant', advice: 'add a percentage or rings' };
    if (typeof percentage !== 'number') continue;
    if (percentage <= reached)
      yield {
        path: [...wave.path, 'percentage'],
        message: `does not rise above the ${reached} of the waves before it`,
        advice: 'percentages are cumulative: write a larger one',
      };
    reached = Math.max(reached, percentage);
  }
  const last = waves.at(-1);
  if (!last) return;
  const percentage = own(last.fields, 'percentage');
  if (percentage !== 100 && (percentage === undefined || typeof percentage === 'number'))
    yield {
      path: [...last.path, 'percentage'],
      message: 'the last wave does not reach every tenant',
      advice: 'write 100',
    };
}

function* skipProblems(waves: readonly Entry[]): Generator<Problem> {
  const [first] = waves;
  if (first && waves.every((wave) => own(wave.fields, 'skip') !== undefined))
    yield {
      path: [...first.path, 'skip'],
      message: 'is skipped as every other wave is: no tenant would ever get a release',
      advice: 'release one wave at least, or write a freeze, which ends by itself',
    };
}
