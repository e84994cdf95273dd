import { BodyTooLargeProblem, type Violation } from '@granary/api';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Parsed } from './request';
import { requestHeader } from './request-header';

/** Largest JSON body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/**
 * The JSON document that a request carries.
 * @throws BodyTooLargeProblem above MAX_BODY_BYTES
 */
export function jsonBody(event: APIGatewayProxyEvent): Parsed {
  const type = requestHeader(event, 'content-type');
  if (type !== undefined && !JSON_TYPE.test(type))
    return refused({ in: 'header', pointer: 'Content-Type', message: 'must be application/json' });
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES)
    throw new BodyTooLargeProblem(`the body has ${bytes.length} bytes; send at most ${MAX_BODY_BYTES}`);
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    // Throws for a document that is too deep, as every walk of it would.
    const whole = !LONE_SURROGATE.test(JSON.stringify(value));
    return whole ? { ok: true, value } : refused({ in: 'body', pointer: '', message: HALF_CHARACTER });
  } catch {
    // The parser's message quotes the body, which must reach neither an answer nor a log.
    return refused({ in: 'body', pointer: '', message: 'must be a JSON document' });
  }
}

const HALF_CHARACTER = 'must hold whole characters, not half a surrogate pair';

/** JSON.stringify escapes a surrogate that has no partner, and nothing else of that range. No store takes one. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

function refused(violation: Violation): Parsed {
  return { ok: false, violations: [violation] };
}
