import { randomBytes } from 'node:crypto';

/**
 * An id that nobody can guess (192 random bits): holding it is the permission to follow the registration. It
 * is also a valid name of a state machine's execution.
 */
export function newRegistrationId(): string {
  return randomBytes(24).toString('base64url');
}
