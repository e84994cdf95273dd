import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReleasePlanView } from '@granary/api';
import { useState } from 'react';
import { RELEASES } from '../../strings/en/operator/releases';
import { Answered } from '../answer/answered';
import { useAnswer } from '../answer/use-answer';
import { releaseName } from '../format/release-name';
import { type PlanLine, planGroups, type WaveLine, waveLines } from './plan-lines';
import './plan-difference.css';

export interface PlanDifferenceProps {
  readonly runId: string;
  /** Somebody is about to decide by it: it is open until it is closed. */
  readonly awaited: boolean;
}

/** What a release does, as a difference from the one before. Asked for when it is opened. */
export function PlanDifference({ runId, awaited }: PlanDifferenceProps) {
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? awaited;
  const plan = useAnswer(
    ['plan', runId],
    (control, signal) => control.getReleasePlan({ params: { runId } }, { signal }),
    { enabled: open },
  );
  return (
    <ExpandableSection
      variant="container"
      headerText={RELEASES.plan}
      expanded={open}
      onChange={({ detail }) => setChosen(detail.expanded)}
    >
      {open && <Answered query={plan}>{(data) => <Difference plan={data} />}</Answered>}
    </ExpandableSection>
  );
}

function Difference({ plan }: { readonly plan: ReleasePlanView }) {
  const before = plan.before === undefined ? undefined : releaseName(plan.before);
  return (
    <SpaceBetween size="m">
      <Box>{RELEASES.planText(releaseName(plan.release), before)}</Box>
      <ol className="plan-lines">
        {waveLines(plan.waves, plan.wavesBefore).map((line) => (
          <Wave key={`${line.sign} ${line.wave.name}`} line={line} />
        ))}
      </ol>
      {plan.changes.length === 0 && <Box>{RELEASES.planNone}</Box>}
      {planGroups(plan.changes).map(({ change, lines }) => (
        <div key={change}>
          <Box variant="h3">
            {RELEASES.planChange[change]} ({lines.length.toLocaleString('en')})
          </Box>
          <ul className="plan-lines">
            {lines.map((line) => (
              <Line key={line.deploymentId} line={line} />
            ))}
          </ul>
        </div>
      ))}
      {plan.changesTotal > plan.changes.length && (
        <Box color="text-body-secondary">{RELEASES.planMore(plan.changes.length, plan.changesTotal)}</Box>
      )}
    </SpaceBetween>
  );
}

const KINDS = { '+': 'added', '-': 'removed', '~': 'changed', '=': 'same' } as const;

function Wave({ line: { sign, wave, before } }: { readonly line: WaveLine }) {
  return (
    <li className={`plan-line plan-line-${KINDS[sign]}`}>
      <Sign sign={sign} />
      <strong>{wave.name}</strong>
      {`: ${waveText(wave)}`}
      {before && ` (${RELEASES.planWas(waveText(before))})`}
    </li>
  );
}

function waveText({ deployments, bakeMinutes, minimumSamples, approval }: WaveLine['wave']): string {
  return [
    RELEASES.planSize(deployments),
    RELEASES.planBake(bakeMinutes),
    ...(minimumSamples > 0 ? [RELEASES.planSamples(minimumSamples)] : []),
    ...(approval ? [RELEASES.planApproval] : []),
  ].join(', ');
}

function Line({ line: { sign, deploymentId, from, to } }: { readonly line: PlanLine }) {
  const values = [from, to].filter((value) => value !== undefined).map((value) => releaseName(value));
  return (
    <li className={`plan-line plan-line-${KINDS[sign]}`}>
      <Sign sign={sign} />
      {deploymentId}
      {values.length > 0 && ` ${values.join(' → ')}`}
    </li>
  );
}

function Sign({ sign }: { readonly sign: WaveLine['sign'] }) {
  if (sign === '=') return <span aria-hidden="true">{'\u2007 '}</span>;
  return (
    <>
      <span aria-hidden="true">{sign} </span>
      <span className="plan-line-spoken">{RELEASES.planSign[sign]}: </span>
    </>
  );
}
