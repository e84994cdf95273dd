import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { deadLetterCountsSchema, redriveInputSchema, redriveResultSchema } from '../../schemas/dead-letter';
import { healthSchema } from '../../schemas/health';

const events = { plane: 'control', service: 'events' } as const;

export const EVENT_ROUTES = [
  {
    ...events,
    operation: 'countDeadLetters',
    method: 'GET',
    path: '/events/dead-letters',
    access: OPERATOR_ROLES,
    summary: 'Say how many events could not be carried.',
    success: 200,
    response: deadLetterCountsSchema,
  },
  {
    ...events,
    operation: 'redriveDeadLetters',
    method: 'POST',
    path: '/events/redrive',
    access: ['SystemAdmin'],
    summary: 'Send events that could not be carried on their way again.',
    body: redriveInputSchema,
    success: 200,
    response: redriveResultSchema,
  },
  {
    ...events,
    operation: 'readEventsHealth',
    method: 'GET',
    path: '/health/events',
    access: 'public',
    summary: 'Say whether the events service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
