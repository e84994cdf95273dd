/** What an event may be known by. Ids and names that we give; never a token, a claim, an address or a body. */
const LABELS = [
  'tenantId',
  'operationId',
  'deploymentId',
  'runId',
  'release',
  'wave',
  'kind',
  'step',
  'action',
  'command',
] as const;

type Label = (typeof LABELS)[number] | 'correlationId';

export type CallLabels = Readonly<Partial<Record<Label, string>>>;

/** Ids and names are short, and of these signs. */
const PLAIN = /^[\w.:~/-]{1,128}$/;

/** Where events of ours keep what they tell of: EventBridge's detail, the order that a state machine hands on. */
const ENVELOPES = ['detail', 'order'] as const;

/**
 * The labels of an event: those of its own fields and of its envelope's that are plain text, and `correlationId`, by
 * which the lines of one piece of work are found in every function: the operation's id (between the planes it is
 * called `tenantRegistrationId`), else the run's.
 */
export function callLabels(event: unknown): CallLabels {
  const labels: Partial<Record<Label, string>> = {};
  let registration: string | undefined;
  for (const part of [...ENVELOPES.map((name) => fieldOf(event, name)), event]) {
    for (const name of LABELS) {
      const value = plain(fieldOf(part, name));
      if (value !== undefined) labels[name] = value;
    }
    registration = plain(fieldOf(part, 'tenantRegistrationId')) ?? registration;
  }
  const correlationId = labels.operationId ?? registration ?? labels.runId;
  return correlationId === undefined ? labels : { ...labels, correlationId };
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function plain(value: unknown): string | undefined {
  return typeof value === 'string' && PLAIN.test(value) ? value : undefined;
}
