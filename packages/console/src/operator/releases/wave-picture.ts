import type { ReleaseWave } from '@granary/api';

type DeploymentState = ReleaseWave['deployments'][number]['state'];

/** Where in its wave a deployment is, from left to right. */
export const LANES = ['waiting', 'working', 'done', 'back'] as const;
export type Lane = (typeof LANES)[number];

const LANE_OF: Readonly<Record<DeploymentState, Lane>> = {
  waiting: 'waiting',
  deploying: 'working',
  deployed: 'done',
  failed: 'back',
  'rolling-back': 'back',
  'rolled-back': 'back',
};

/** A deployment in the picture; x and y are of its left upper corner, in CSS pixels. */
export interface Dot {
  /** Of the wave and the deployment. */
  readonly key: string;
  readonly deploymentId: string;
  readonly wave: string;
  readonly state: DeploymentState;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A wave's band in the picture. */
export interface Band {
  readonly wave: string;
  readonly y: number;
  readonly height: number;
  /** Deployments that the API counts without a name. */
  readonly unnamed: number;
}

export interface WavePicture {
  readonly width: number;
  readonly height: number;
  readonly laneWidth: number;
  /** Left edges of the lanes, in the order of LANES. */
  readonly laneX: readonly number[];
  readonly bands: readonly Band[];
  readonly dots: readonly Dot[];
}

/** Over each band: the wave's name. */
export const BAND_HEADING = 26;
const GAP = 10;
const PADDING = 6;
const TALLEST = 150;
const PITCHES = [16, 14, 12, 10, 8, 7, 6, 5, 4, 3] as const;

/**
 * Lays a release out: a band for each wave, in it a lane for each place that a deployment can be in. A deployment
 * has the same cell in every lane, so that it moves straight from one to the next.
 *
 * @param width of the picture, in CSS pixels
 */
export function wavePicture(
  waves: readonly Pick<ReleaseWave, 'name' | 'size' | 'deployments'>[],
  width: number,
): WavePicture {
  const laneWidth = (width - GAP * (LANES.length - 1)) / LANES.length;
  const laneX = LANES.map((_, index) => index * (laneWidth + GAP));
  const bands: Band[] = [];
  const dots: Dot[] = [];
  let y = 0;
  for (const { name, size, deployments } of waves) {
    const { pitch, columns, height } = grid(deployments.length, laneWidth - PADDING * 2);
    const top = y + BAND_HEADING;
    bands.push({
      wave: name,
      y,
      height: BAND_HEADING + height,
      unnamed: Math.max(0, size - deployments.length),
    });
    deployments.forEach(({ deploymentId, state }, index) => {
      dots.push({
        key: `${name}/${deploymentId}`,
        deploymentId,
        wave: name,
        state,
        x: (laneX[LANES.indexOf(LANE_OF[state])] ?? 0) + PADDING + (index % columns) * pitch,
        y: top + PADDING + Math.floor(index / columns) * pitch,
        size: Math.max(2, Math.round(pitch * 0.75)),
      });
    });
    y += BAND_HEADING + height + GAP;
  }
  return { width, height: Math.max(0, y - GAP), laneWidth, laneX, bands, dots };
}

/** The largest cells by which all of a wave fit into a lane. */
function grid(count: number, width: number) {
  const fitting = PITCHES.find((pitch) => Math.ceil(count / columnsOf(pitch, width)) * pitch <= TALLEST);
  const pitch = fitting ?? PITCHES[PITCHES.length - 1] ?? 3;
  const columns = columnsOf(pitch, width);
  return { pitch, columns, height: Math.max(1, Math.ceil(count / columns)) * pitch + PADDING * 2 };
}

function columnsOf(pitch: number, width: number): number {
  return Math.max(1, Math.floor(width / pitch));
}

/** The deployment under a point, with room for a finger. */
export function dotAt(dots: readonly Dot[], x: number, y: number): Dot | undefined {
  return dots.find(
    (dot) => x >= dot.x - 1 && x <= dot.x + dot.size + 2 && y >= dot.y - 1 && y <= dot.y + dot.size + 2,
  );
}

/** How many of a wave's deployments are in each state, those at the front first. */
export function stateCounts({
  deployments,
}: Pick<ReleaseWave, 'deployments'>): readonly (readonly [DeploymentState, number])[] {
  const counts = new Map<DeploymentState, number>();
  for (const { state } of deployments) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (Object.keys(LANE_OF) as DeploymentState[]).flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [[state, count] as const];
  });
}
