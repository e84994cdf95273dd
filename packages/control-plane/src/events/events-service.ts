import { DEAD_LETTER_QUEUES, EVENT_ROUTES } from '@granary/api';
import { type AuditPort, controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import { countLetters, type RedriveDependencies, redrive } from './redrive';

export interface EventsServiceOptions extends RedriveDependencies {
  readonly audit: AuditPort;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The events service behind its routes. */
export function eventsService({ telemetry, audit, ...dependencies }: EventsServiceOptions): ServiceHandler {
  return controlHandler({
    service: 'events',
    routes: EVENT_ROUTES,
    audit,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      countDeadLetters: async () => ({
        queues: await Promise.all(
          DEAD_LETTER_QUEUES.map(async (queue) => ({
            queue,
            waiting: await countLetters(queue, dependencies),
          })),
        ),
      }),
      redriveDeadLetters: async ({ body: { queue, limit } }, { concerns }) => {
        concerns({ subject: queue });
        return { queue, redriven: await redrive(queue, limit, dependencies) };
      },
      readEventsHealth: async () => ({ service: 'events', status: 'ok' as const }),
    },
  });
}
