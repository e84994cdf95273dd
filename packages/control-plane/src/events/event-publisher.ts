import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCES } from '@granary/api';
import { ControlPlaneError } from '../control-plane-error';
import type { CarriedEvent } from './outbox-item';

/** Puts an event on the bus. What it throws may be tried again. */
export type PublishEvent = (event: CarriedEvent) => Promise<void>;

/** The bus did not take an event. */
export class EventRefusedError extends ControlPlaneError {
  readonly name = 'EventRefusedError';

  constructor(event: CarriedEvent, code: string) {
    super(`the bus did not take event ${event.eventId} (${event.detailType}): ${code}`);
  }
}

/** Publishes on a bus of EventBridge, under the control plane's source. */
export function eventBridgePublisher(client: EventBridgeClient, busName: string): PublishEvent {
  return async (event) => {
    const { Entries } = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: busName,
            Source: EVENT_SOURCES.controlPlane,
            DetailType: event.detailType,
            Detail: JSON.stringify(event.detail),
            Time: new Date(event.at),
          },
        ],
      }),
    );
    const [answer] = Entries ?? [];
    if (answer?.ErrorCode) throw new EventRefusedError(event, answer.ErrorCode);
  };
}
