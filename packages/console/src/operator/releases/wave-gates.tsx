import Box from '@cloudscape-design/components/box';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import type { ReleaseWave } from '@granary/api';
import { RELEASES } from '../../strings/en/operator/releases';
import { span } from '../format/instant';
import { Listing } from '../listing/listing';
import { StateIndicator } from '../status/state-indicator';
import { bakeClock } from './bake-clock';
import { useNow } from './use-now';

/** The gate of every wave: its clock, its samples, what it said last. */
export function WaveGates({ waves }: { readonly waves: readonly ReleaseWave[] }) {
  return (
    <Listing
      title={RELEASES.waves}
      items={waves}
      rowId={({ name }) => name}
      empty={RELEASES.noDeployments}
      search={false}
      columns={[
        { id: 'wave', header: RELEASES.wave, cell: ({ name }) => name },
        { id: 'state', header: RELEASES.state, cell: ({ status }) => <StateIndicator state={status} /> },
        { id: 'size', header: RELEASES.size, cell: ({ size }) => size.toLocaleString('en') },
        { id: 'clock', header: RELEASES.clock, cell: (wave) => <Clock wave={wave} /> },
        {
          id: 'samples',
          header: RELEASES.samples,
          cell: ({ samples, minimumSamples }) => RELEASES.samplesOf(samples, minimumSamples),
        },
        { id: 'verdict', header: RELEASES.verdict, cell: (wave) => <Verdict wave={wave} /> },
        { id: 'attempt', header: RELEASES.attempt, cell: ({ attempt }) => attempt },
      ]}
    />
  );
}

function Clock({ wave }: { readonly wave: ReleaseWave }) {
  const now = useNow(wave.status === 'baking');
  const clock = bakeClock(wave, now);
  if (clock.phase === 'none') return '–';
  if (clock.phase === 'late') return RELEASES.late;
  const left = span(clock.secondsLeft);
  return (
    <ProgressBar
      ariaLabel={RELEASES.clockOf(wave.name)}
      value={clock.percent}
      additionalInfo={clock.phase === 'baking' ? RELEASES.left(left) : RELEASES.extended(left)}
    />
  );
}

function Verdict({ wave: { watch, lastVerdict, looks } }: { readonly wave: ReleaseWave }) {
  const red = [...new Set(Object.values(watch).flatMap((each) => each.red))];
  if (looks === 0 && lastVerdict === undefined) return '–';
  return (
    <>
      <Box>{lastVerdict ?? RELEASES.looks(looks)}</Box>
      <Box color={red.length > 0 ? 'text-status-error' : 'text-body-secondary'} variant="small">
        {red.length > 0 ? RELEASES.red(red.join(', ')) : RELEASES.noRed}
      </Box>
    </>
  );
}
