import { RELEASES } from '../../strings/en/operator/releases';
import type { WaveMotion } from './wave-motion';
import { BAND_HEADING, type Dot, type WavePicture } from './wave-picture';

export interface Palette {
  readonly text: string;
  readonly lane: string;
  readonly states: Readonly<Record<Dot['state'], string>>;
}

/** Each stands out from its lane by 3 to 1 at least. */
export const PALETTES: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    text: '#0f141a',
    lane: '#f3f3f7',
    states: {
      waiting: '#72747e',
      deploying: '#006ce0',
      deployed: '#00802f',
      failed: '#db0000',
      'rolling-back': '#8a5c00',
      'rolled-back': '#a34700',
    },
  },
  dark: {
    text: '#ebebf0',
    lane: '#1b232d',
    states: {
      waiting: '#8c8c94',
      deploying: '#42b4ff',
      deployed: '#2bb534',
      failed: '#ff7a7a',
      'rolling-back': '#fbd332',
      'rolled-back': '#ff9900',
    },
  },
};

/** Draws one frame. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  picture: WavePicture,
  motion: WaveMotion,
  palette: Palette,
  now: number,
): void {
  context.clearRect(0, 0, picture.width, picture.height);
  context.font = '600 13px "Open Sans", sans-serif';
  context.textBaseline = 'middle';
  for (const { wave, y, height, unnamed } of picture.bands) {
    context.fillStyle = palette.lane;
    for (const x of picture.laneX)
      context.fillRect(x, y + BAND_HEADING, picture.laneWidth, height - BAND_HEADING);
    context.fillStyle = palette.text;
    context.fillText(unnamed > 0 ? `${wave} ${RELEASES.unnamed(unnamed)}` : wave, 0, y + BAND_HEADING / 2);
  }
  let state: Dot['state'] | undefined;
  motion.forEach(now, (dot, x, y) => {
    if (dot.state !== state) {
      state = dot.state;
      context.fillStyle = palette.states[state];
    }
    context.fillRect(x, y, dot.size, dot.size);
  });
}
