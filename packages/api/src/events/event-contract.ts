import type * as z from 'zod';

/** EventBridge sources of the two planes, as the SaaS Builder Toolkit names them. */
export const EVENT_SOURCES = {
  controlPlane: 'sbt.control.plane',
  applicationPlane: 'sbt.application.plane',
} as const;

/** What events of one detail type hold. */
export interface EventContract<Detail extends z.ZodObject = z.ZodObject> {
  /** Grows when a consumer of the shape before would misread the new one; a field that is added is no such change. */
  readonly version: number;
  readonly detail: Detail;
}
