import { calendarProblems } from './calendar-rules';
import { RESERVED_DEPLOYMENT_IDS } from './deployment';
import { type Draft, type Entry, own, recordOf, textOf, textsOf } from './draft';
import { ENGINE_ADVICE, MAXIMUM_PIPELINE_TENANTS, tooManyTenants } from './engine';
import { onboardingProblems } from './onboarding-rules';
import { formatPath, type Problem } from './problem';
import { repeated } from './repetition';
import { sharedFunctionProblems } from './shared-function-rules';
import { siteProblems } from './site-rules';
import { suggest } from './suggestion';
import { waveProblems } from './wave-rules';

/** Every rule that holds between fields. Lazy, so that a caller may stop at a bound. */
export function* ruleProblems(draft: Draft): Generator<Problem> {
  yield* cellProblems(draft);
  yield* deploymentIdProblems(draft);
  yield* referenceProblems(draft);
  yield* siteProblems(draft);
  yield* sharedFunctionProblems(draft);
  yield* onboardingProblems(draft);
  yield* waveProblems(draft);
  yield* engineProblems(draft);
  yield* calendarProblems(draft);
}

function* cellProblems({ cells = [] }: Draft): Generator<Problem> {
  yield* repeated(cells, 'id', 'cell');
  const places = new Map<string, Entry>();
  for (const cell of cells) {
    const place = `${textOf(cell, 'account')} ${textOf(cell, 'region')}`;
    const first = places.get(place);
    if (first && !place.includes('undefined'))
      yield {
        path: cell.path,
        message: `is the account and region of ${formatPath(first.path)}`,
        advice: 'a cell is one account and region: remove one of the two, or change its place',
      };
    places.set(place, first ?? cell);
  }
}

/** Pools and silo tenants share one namespace, that of stacks. */
function* deploymentIdProblems({ pools, tenants }: Draft): Generator<Problem> {
  const entries = [...pools, ...tenants];
  yield* repeated(entries, 'id', 'pool or tenant');
  for (const entry of entries) {
    const id = textOf(entry, 'id');
    if (id !== undefined && (RESERVED_DEPLOYMENT_IDS as readonly string[]).includes(id))
      yield {
        path: [...entry.path, 'id'],
        message: 'is the name of a stack of the platform',
        advice: `choose another id than ${RESERVED_DEPLOYMENT_IDS.join(', ')}`,
      };
  }
}

function* referenceProblems(draft: Draft): Generator<Problem> {
  const cells = draft.cells && new Set(draft.cells.flatMap((cell) => textOf(cell, 'id') ?? []));
  const rings =
    draft.waves && new Set(draft.waves.flatMap((wave) => textsOf(wave, 'rings').map(({ text }) => text)));
  if (cells) for (const entry of [...draft.pools, ...draft.tenants]) yield* unknown(entry, 'cell', cells);
  if (rings) for (const tenant of draft.tenants) yield* unknown(tenant, 'ring', rings);
  if (draft.tiers) for (const tenant of draft.tenants) yield* tierProblems(tenant, draft.tiers);
}

function* tierProblems(tenant: Entry, tiers: Readonly<Record<string, unknown>>): Generator<Problem> {
  const name = textOf(tenant, 'tier');
  if (name === undefined) return;
  const silo = Object.keys(tiers).filter((tier) => recordOf(tiers[tier])?.model !== 'pool');
  const tier = recordOf(own(tiers, name));
  if (tier?.model === 'pool')
    yield {
      path: [...tenant.path, 'tier'],
      message: 'is a pool tier: its tenants sign up at run time and have no stack of their own',
      advice:
        silo.length === 0
          ? 'add a tier whose model is "silo", or remove the tenant'
          : `write one of ${silo.join(', ')}, or remove the tenant`,
    };
  else yield* unknown(tenant, 'tier', new Set(silo));
}

function* engineProblems({ engine, tenants }: Draft): Generator<Problem> {
  const active = tenants.filter((tenant) => textOf(tenant, 'state') !== 'offboarding').length;
  if (engine === 'pipeline' && active > MAXIMUM_PIPELINE_TENANTS)
    yield { path: ['rollout', 'engine'], message: tooManyTenants(active), advice: ENGINE_ADVICE };
}

function* unknown(entry: Entry, field: string, known: ReadonlySet<string>): Generator<Problem> {
  const name = textOf(entry, field);
  if (name !== undefined && !known.has(name))
    yield {
      path: [...entry.path, field],
      message: `no such ${field}`,
      advice: suggest(name, [...known], field),
    };
}
