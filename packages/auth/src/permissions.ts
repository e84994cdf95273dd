import type { Role, Route } from '@granary/api';
import type { PolicyDocument } from 'aws-lambda';
import { RouteTableError } from './errors';

/** Largest policy that we hand to API Gateway, in bytes of JSON. */
export const MAX_POLICY_BYTES = 8192;

/**
 * The ARN of the stage that a method's ARN belongs to:
 * `arn:aws:execute-api:us-east-1:111122223333:abc/prod/GET/products` gives `arn:...:abc/prod`.
 * @throws RouteTableError when it is no ARN of a method
 */
export function stageArn(methodArn: string): string {
  const found = /^(arn:[\w-]+:execute-api:[\w-]+:\d{12}:\w+\/[\w$-]+)\//.exec(methodArn)?.[1];
  if (!found) throw new RouteTableError('authorizer event: methodArn is not the ARN of an API method');
  return found;
}

/**
 * What a role may call, over the whole API. It depends on the role alone and never on the request that
 * happens to ask first: API Gateway replays it for every later request with the same token.
 *
 * Routes that the role may not call are denied by name, since the `*` of an allowed path also matches slashes.
 * Public routes are in neither list: the gateway does not ask the authorizer about them.
 * @param stage the ARN of the API's stage, from `stageArn`
 * @throws RouteTableError when a denial would also hit a permitted route, or the policy outgrows its bound
 */
export function rolePolicy(routes: readonly Route[], role: Role, stage: string): PolicyDocument {
  const guarded = routes.filter(({ access }) => access !== 'public');
  const permits = ({ access }: Route) => access.includes(role);
  const allowed = guarded.filter(permits).map(resource);
  const denied = guarded.filter((route) => !permits(route)).map(resource);
  for (const denial of denied) {
    const hit = allowed.find((allowance) => covers(denial, allowance));
    if (hit)
      throw new RouteTableError(`route table: denying ${role} ${denial} also denies ${hit}: rename one path`);
  }
  const policy = policyOf(
    statement('Allow', stage, widest(allowed)),
    // A role that may call nothing is denied all: API Gateway refuses a policy without a statement.
    statement('Deny', stage, allowed.length === 0 ? ['*'] : widest(denied)),
  );
  const bytes = Buffer.byteLength(JSON.stringify(policy));
  if (bytes > MAX_POLICY_BYTES)
    throw new RouteTableError(
      `route table: the policy of ${role} has ${bytes} bytes, over ${MAX_POLICY_BYTES}: split the API`,
    );
  return policy;
}

/** Denies the whole API. */
export function denyAll(stage: string): PolicyDocument {
  return policyOf(statement('Deny', stage, ['*']));
}

/** Without what another one covers: `GET/tenants/*` stands for `GET/tenants/x/quota` too, and policies are bounded. */
function widest(resources: readonly string[]): readonly string[] {
  const distinct = [...new Set(resources)];
  return distinct.filter((narrow) => !distinct.some((wide) => wide !== narrow && covers(wide, narrow)));
}

/** `GET/products/*` of `GET /products/{productId}`. */
function resource({ method, path }: Route): string {
  return `${method}${path.replaceAll(/\{[^}]+\}/g, '*')}`;
}

/** Whether each request that matches `narrow` may match `wide` too; a `*` of `narrow` stands for one segment. */
function covers(wide: string, narrow: string): boolean {
  const pattern = wide.split('*').map(escapeExpression).join('.*');
  return new RegExp(`^${pattern}$`).test(narrow);
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function statement(effect: 'Allow' | 'Deny', stage: string, resources: readonly string[]) {
  return resources.length === 0
    ? []
    : [
        {
          Effect: effect,
          Action: 'execute-api:Invoke',
          Resource: resources.map((each) => `${stage}/${each}`),
        },
      ];
}

function policyOf(...statements: PolicyDocument['Statement'][]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements.flat() };
}
