import { SimulationError } from '../simulation-error';
import type { MapState } from './definition';
import { Execution } from './execution';
import { type Doing, type Ending, isFault, type Machinery } from './machinery';
import { fillTemplate } from './payload-template';
import { readPath, type Scope } from './reference-path';

/** Children of a distributed map at the same time, at most: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const MOST_CHILDREN = 10_000;

/** Where a map runs. */
export interface MapScope extends Scope {
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether what the map is a part of has ended. */
  readonly isStopped: () => boolean;
}

/**
 * Runs the inside of a Map over its items, as many at a time as it says, and settles as its tolerance
 * says. When they are over, children that still run are stopped where they are, as Step Functions does.
 */
export function runMap(
  machinery: Machinery,
  state: MapState,
  scope: MapScope,
  settle: (ending: Ending) => Doing,
): Doing {
  const items = itemsOf(machinery, state, scope);
  const outputs: unknown[] = new Array(items.length);
  const tolerated = toleratedOf(state, scope, items.length);
  const limit = numberAt(state.MaxConcurrencyPath, scope) ?? state.MaxConcurrency;
  const width = limit === 0 ? MOST_CHILDREN : limit;
  const distributed = state.ItemReader !== undefined;
  let next = 0;
  let open = 0;
  let failed = 0;
  let over = false;

  const isStopped = (): boolean => over || scope.isStopped();

  function fillUp(): Doing {
    if (scope.isStopped()) return;
    while (!over && open < width && next < items.length) {
      const index = next;
      next += 1;
      open += 1;
      const Value = items[index];
      const inside = { ...scope.context, Map: { Item: { Index: index, Value } } };
      const input = state.ItemSelector
        ? fillTemplate(state.ItemSelector, { data: scope.data, context: inside }, machinery.random)
        : Value;
      const child = new Execution(
        machinery,
        state.ItemProcessor,
        inside,
        (ending) => ended(index, ending),
        isStopped,
      );
      machinery.agenda.after(distributed ? machinery.startChild() : 0, () => child.start(input));
    }
    if (!over && open === 0 && next >= items.length) {
      over = true;
      return settle({ output: outputs });
    }
  }

  function ended(index: number, ending: Ending): Doing {
    open -= 1;
    if (isFault(ending)) failed += 1;
    else outputs[index] = ending.output;
    if (over) return;
    if (failed > tolerated) {
      over = true;
      return settle({
        error: 'States.ExceedToleratedFailureThreshold',
        cause: isFault(ending) ? `${ending.error}: ${ending.cause}` : '',
      });
    }
    // At the same moment, but not inside the child that ended: a long row of children would end in one stack.
    machinery.agenda.after(0, fillUp);
  }

  return fillUp();
}

function itemsOf(machinery: Machinery, state: MapState, scope: Scope): readonly unknown[] {
  if (state.ItemReader) {
    const parameters = fillTemplate(state.ItemReader.Parameters ?? {}, scope, machinery.random);
    return machinery.readItems(state.ItemReader, parameters);
  }
  const items = readPath(state.ItemsPath ?? '$', scope);
  if (Array.isArray(items)) return items;
  throw new SimulationError(`a map's items at ${state.ItemsPath ?? '$'} are no list`);
}

function toleratedOf(state: MapState, scope: Scope, items: number): number {
  const count = numberAt(state.ToleratedFailureCountPath, scope) ?? state.ToleratedFailureCount;
  const percentage =
    numberAt(state.ToleratedFailurePercentagePath, scope) ?? state.ToleratedFailurePercentage;
  if (count === undefined && percentage === undefined) return 0;
  // Either bound that is passed ends the map.
  return Math.min(count ?? items, percentage === undefined ? items : Math.floor((percentage / 100) * items));
}

function numberAt(path: string | undefined, scope: Scope): number | undefined {
  return path === undefined ? undefined : Number(readPath(path, scope));
}
