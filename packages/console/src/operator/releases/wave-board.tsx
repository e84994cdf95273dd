import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { ReleaseWave } from '@granary/api';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useDarkMode } from '../../shell/theme';
import { RELEASES } from '../../strings/en/operator/releases';
import { stateName } from '../status/state-indicator';
import { drawPicture, PALETTES } from './draw-picture';
import { WaveMotion } from './wave-motion';
import { dotAt, LANES, stateCounts, wavePicture } from './wave-picture';
import './wave-board.css';

/** The waves as a picture, in which deployments move as the release reaches them. */
export function WaveBoard({ waves }: { readonly waves: readonly ReleaseWave[] }) {
  const [dark] = useDarkMode();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const motion = useRef<WaveMotion>(undefined);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState('');
  const picture = useMemo(() => wavePicture(waves, Math.max(240, width)), [waves, width]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || width === 0) return;
    motion.current ??= new WaveMotion(matchMedia('(prefers-reduced-motion: reduce)').matches);
    const moving = motion.current;
    moving.show(picture.dots, performance.now());
    const scale = devicePixelRatio;
    canvas.current.width = picture.width * scale;
    canvas.current.height = picture.height * scale;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const palette = PALETTES[dark ? 'dark' : 'light'];
    let request = 0;
    const draw = () => {
      const now = performance.now();
      drawPicture(context, picture, moving, palette, now);
      if (moving.isMoving(now)) request = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(request);
  }, [picture, width, dark]);

  return (
    <Container
      header={
        <Header variant="h2" description={RELEASES.pictureText}>
          {RELEASES.picture}
        </Header>
      }
    >
      <div className="wave-lanes" aria-hidden="true">
        {LANES.map((lane) => (
          <span key={lane}>{RELEASES.lanes[lane]}</span>
        ))}
      </div>
      <div ref={frame}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={waves.map(told).join(' ')}
          style={{ width: picture.width, height: picture.height, maxWidth: '100%' }}
          onPointerMove={({ nativeEvent: { offsetX, offsetY } }) => {
            const dot = dotAt(picture.dots, offsetX, offsetY);
            setPointed(dot ? `${dot.deploymentId}: ${stateName(dot.state)}` : '');
          }}
          onPointerLeave={() => setPointed('')}
        />
      </div>
      <div className="wave-pointed" aria-hidden="true">
        {pointed}
      </div>
    </Container>
  );
}

function told(wave: ReleaseWave): string {
  const counts = stateCounts(wave).map(([state, count]) => RELEASES.countOf(count, stateName(state)));
  return RELEASES.inWave(wave.name, counts.join(', ') || RELEASES.empty);
}
