import { randomBytes } from 'node:crypto';

/** A password of 120 random bits with one of each kind of character that the user pools ask for. */
export function randomPassword(): string {
  return `${randomBytes(15).toString('base64url')}-aA1`;
}
