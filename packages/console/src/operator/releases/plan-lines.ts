import type { ReleasePlanView } from '@granary/api';

type Change = ReleasePlanView['changes'][number];
type Wave = ReleasePlanView['waves'][number];

/** A line of a plan that is read as a difference. */
export interface PlanLine {
  readonly sign: '+' | '-' | '~';
  readonly deploymentId: string;
  readonly from?: string;
  readonly to?: string;
}

export interface PlanGroup {
  readonly change: Change['change'];
  readonly lines: readonly PlanLine[];
}

const SIGN: Readonly<Record<Change['change'], PlanLine['sign']>> = {
  leaving: '-',
  vanished: '-',
  added: '+',
  revived: '+',
  moved: '~',
  wave: '~',
  pinned: '~',
  template: '~',
};

/** A plan's changes by what they do: what goes first, because it cannot be taken back. */
export function planGroups(changes: readonly Change[]): readonly PlanGroup[] {
  return (Object.keys(SIGN) as Change['change'][]).flatMap((change) => {
    const lines = changes
      .filter((each) => each.change === change)
      .map(
        ({ deploymentId, from, to }): PlanLine => ({
          sign: SIGN[change],
          deploymentId,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        }),
      );
    return lines.length > 0 ? [{ change, lines }] : [];
  });
}

/** A wave of a plan, against the wave of that name before. */
export interface WaveLine {
  /** `=`: as it was. */
  readonly sign: PlanLine['sign'] | '=';
  readonly wave: Wave;
  /** Of a changed one. */
  readonly before?: Wave;
}

const RULES = ['bakeMinutes', 'minimumSamples', 'approval'] as const;

/**
 * The waves of a plan in order, then those that are gone. How many deployments a wave has is no change of the wave: the
 * deployments themselves are.
 *
 * @param before @default there was no release before: nothing is marked
 */
export function waveLines(waves: readonly Wave[], before: readonly Wave[] = waves): readonly WaveLine[] {
  const was = new Map(before.map((wave) => [wave.name, wave]));
  const is = new Set(waves.map(({ name }) => name));
  return [
    ...waves.map((wave): WaveLine => {
      const old = was.get(wave.name);
      if (!old) return { sign: '+', wave };
      return RULES.some((rule) => old[rule] !== wave[rule])
        ? { sign: '~', wave, before: old }
        : { sign: '=', wave };
    }),
    ...before.filter(({ name }) => !is.has(name)).map((wave): WaveLine => ({ sign: '-', wave })),
  ];
}
