const SECRET_FIELD =
  /^(accessKeyId|secretAccessKey|sessionToken|authorization|authorizationToken|authorizer|token|webIdentityToken|idToken|accessToken|refreshToken|password|temporaryPassword|usageKey|usageIdentifierKey|claims|body|headers|rawJwt|failedAssertion)$/i;

const MAX_CAUSES = 5;

/**
 * Lets nothing secret into a log line: fields that are known to hold secrets are dropped, and of an error only
 * its name, message, stack and causes are kept, because SDK and token errors carry requests, items and claims
 * in their other fields.
 */
export function redactingReplacer(key: string, value: unknown): unknown {
  if (SECRET_FIELD.test(key)) return '[redacted]';
  if (value instanceof Error) return plainError(value, MAX_CAUSES);
  return value;
}

function plainError(error: Error, causes: number): object {
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    ...(cause instanceof Error && causes > 0 ? { cause: plainError(cause, causes - 1) } : {}),
  };
}
