import { InvalidTokenError } from './errors';

/**
 * The token in an Authorization header: `Bearer <token>`, or the bare token.
 * @throws InvalidTokenError when there is none
 */
export function bearerToken(header: string | undefined): string {
  const token = /^(?:bearer +)?([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(header?.trim() ?? '')?.[1];
  if (!token) throw new InvalidTokenError('no bearer token in the Authorization header');
  return token;
}
