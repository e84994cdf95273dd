import { Logger } from '@aws-lambda-powertools/logger';
import { redactingReplacer } from './redaction';

/** A logger that lets no secret out. It obeys POWERTOOLS_LOG_LEVEL and never logs an event. */
export function serviceLogger(service: string): Logger {
  return new Logger({ serviceName: service, jsonReplacerFn: redactingReplacer });
}
