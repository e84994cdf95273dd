import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { STATES } from '../../strings/en/operator/states';

const TYPES: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  ...all('success', [
    'active',
    'succeeded',
    'passed',
    'deployed',
    'current',
    'ok',
    'enabled',
    'intact',
    'applied',
    'paid',
    'closed',
  ]),
  ...all('in-progress', [
    'provisioning',
    'running',
    'deploying',
    'baking',
    'rolling-back',
    'compensating',
    'applying',
    'removing',
    'closing',
  ]),
  ...all('pending', ['pending', 'waiting', 'awaiting-approval', 'draft', 'open', 'behind', 'unfinished']),
  ...all('stopped', [
    'inactive',
    'offboarded',
    'skipped',
    'superseded',
    'abandoned',
    'disabled',
    'ended',
    'void',
    'deleted',
    'undone',
    'compensated',
  ]),
  ...all('warning', ['offboarding', 'leaving', 'rolled-back', 'ahead', 'uncollectible', 'rejected']),
  ...all('error', ['failed', 'halted', 'unowned', 'broken', 'refused']),
  ...all('info', ['pinned']),
};

function all(type: StatusIndicatorProps.Type, states: readonly string[]) {
  return Object.fromEntries(states.map((state) => [state, type]));
}

/** A state in words, with a sign that does not need its colour. */
export function StateIndicator({ state }: { readonly state: string }) {
  const name = stateName(state);
  return (
    // In a narrow column it breaks between words, and not within one.
    <StatusIndicator type={TYPES[state] ?? 'info'} wrapText={name.includes(' ')}>
      {name}
    </StatusIndicator>
  );
}

export function stateName(state: string): string {
  return (STATES as Readonly<Record<string, string>>)[state] ?? state;
}
