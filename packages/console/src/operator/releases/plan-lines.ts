import type { ReleasePlanView } from '@granary/api';

type Change = ReleasePlanView['changes'][number];

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
