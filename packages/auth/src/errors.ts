/** The root of this package's error tree. Messages never hold a token, a credential or a claim's value. */
export abstract class AuthError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The caller has no token that this deployment accepts: it is answered 401. */
export class InvalidTokenError extends AuthError {
  /** What is wrong, in words without the token's content. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`token refused: ${reason}`, options);
    this.reason = reason;
  }
}

/** The token is genuine but its tenant may not use this deployment: it is answered 403. */
export class TenantInactiveError extends AuthError {
  readonly tenantId: string;
  /** The directory's word, or `unknown` when it has no such tenant. */
  readonly status: string;

  constructor(tenantId: string, status: string) {
    super(`tenant ${tenantId} may not be served: its status is ${status}, not active`);
    this.tenantId = tenantId;
    this.status = status;
  }
}

/** The tenant's row in the directory is not of the shape that the control plane writes. */
export class TenantDirectoryError extends AuthError {
  readonly tenantId: string;

  constructor(tenantId: string, detail: string) {
    super(`tenant directory: the entry of ${tenantId} is malformed (${detail}): register the tenant again`);
    this.tenantId = tenantId;
  }
}

/** STS gave no usable credentials for a tenant. */
export class TenantCredentialsError extends AuthError {
  readonly tenantId: string;

  constructor(tenantId: string, detail: string, options?: ErrorOptions) {
    super(`credentials for tenant ${tenantId}: ${detail}`, options);
    this.tenantId = tenantId;
  }
}

/** The process lacks settings: all of them are listed, without their values. */
export class EnvironmentError extends AuthError {
  readonly violations: readonly string[];

  constructor(violations: readonly string[]) {
    super(`wrong environment: ${violations.join('; ')}; correct the function's variables in its stack`);
    this.violations = violations;
  }
}

/** What API Gateway handed over is not what our authorizer wrote: the API's method lacks the authorizer. */
export class AuthorizerContextError extends AuthError {
  constructor(fields: readonly string[]) {
    super(
      `authorizer context: missing or malformed ${fields.join(', ')}: attach the authorizer to the method`,
    );
  }
}

/** The route table cannot be turned into a policy or a handler. */
export class RouteTableError extends AuthError {}

/** An operation answered something that its route's schema refuses. Names paths, never values. */
export class ResponseShapeError extends AuthError {
  constructor(operation: string, paths: readonly string[]) {
    super(`response of ${operation}: does not match its schema at ${paths.join(', ')}`);
  }
}

/** API Gateway answers 401 to exactly this message, and 500 to any other error of an authorizer. */
export class UnauthorizedError extends AuthError {
  constructor() {
    super('Unauthorized');
  }
}

/** The user pool's signing keys could not be fetched. Nobody can sign in until they can. */
export class SigningKeysError extends AuthError {
  readonly url: string;

  constructor(url: string, detail: string, options?: ErrorOptions) {
    super(`signing keys: ${url} ${detail}`, options);
    this.url = url;
  }
}
