import type { ApiLimits } from './api-limits';
import type { Place } from './place';
import type { ApiName } from './published-rates';

/**
 * What a release changes in a tenant's stack. `code`: functions take new code. `api`: routes change too. `roles`:
 * functions and their permissions. `limits`: the tenant's usage plan.
 */
export const CHANGES = ['code', 'api', 'roles', 'limits'] as const;
export type Change = (typeof CHANGES)[number];
/** What CloudFormation does with a stack. */
export type StackOperation = Change | 'create' | 'delete';

/** Resources of a template, by type. */
export type ResourceCounts = Readonly<Record<string, number>>;

/** Calls for one resource, by API. */
type Calls = Readonly<Partial<Record<ApiName, number>>>;

/** One call of Lambda's control plane to ask for a thing, and one to see it done. */
const FUNCTION: Calls = { 'lambda:Control': 1 };
const NEW_CODE: Calls = { 'lambda:Control': 2 };

/** Calls that CloudFormation makes for one resource of a type, by what happens to it. */
const CALLS: Readonly<Record<string, Readonly<Partial<Record<StackOperation, Calls>>>>> = {
  'AWS::Lambda::Function': {
    create: FUNCTION,
    code: FUNCTION,
    api: FUNCTION,
    roles: FUNCTION,
    delete: FUNCTION,
  },
  'AWS::Lambda::Version': {
    create: FUNCTION,
    code: NEW_CODE,
    api: NEW_CODE,
    roles: NEW_CODE,
    delete: FUNCTION,
  },
  'AWS::Lambda::Alias': {
    create: FUNCTION,
    code: NEW_CODE,
    api: NEW_CODE,
    roles: NEW_CODE,
    delete: FUNCTION,
  },
  'AWS::IAM::Role': { create: { 'iam:Write': 1 }, roles: { 'iam:Write': 1 }, delete: { 'iam:Write': 1 } },
  'AWS::IAM::Policy': { create: { 'iam:Write': 1 }, roles: { 'iam:Write': 1 }, delete: { 'iam:Write': 1 } },
  'AWS::ApiGateway::RestApi': {
    create: { 'apigateway:CreateRestApi': 1 },
    delete: { 'apigateway:DeleteRestApi': 1 },
  },
  'AWS::ApiGateway::Deployment': {
    create: { 'apigateway:CreateDeployment': 1 },
    api: { 'apigateway:CreateDeployment': 1 },
  },
  'AWS::ApiGateway::UsagePlan': {
    create: { 'apigateway:Other': 1 },
    limits: { 'apigateway:UpdateUsagePlan': 1 },
    delete: { 'apigateway:Other': 1 },
  },
  'AWS::ApiGateway::Method': { create: { 'apigateway:Other': 1 }, api: { 'apigateway:Other': 1 } },
  'AWS::ApiGateway::Resource': { create: { 'apigateway:CreateResource': 1 } },
};

/** Seconds that CloudFormation takes besides waiting for rates: its own pace, and CodeDeploy's canary of 5 minutes. */
const OWN_PACE: Readonly<Record<StackOperation, { readonly from: number; readonly to: number }>> = {
  create: { from: 150, to: 240 },
  code: { from: 340, to: 420 },
  api: { from: 350, to: 440 },
  roles: { from: 360, to: 450 },
  limits: { from: 20, to: 60 },
  delete: { from: 60, to: 150 },
};

/** What operations on a tenant's stack cost, each summed up once. */
export class StackWork {
  private readonly known = new Map<StackOperation, readonly (readonly [ApiName, number])[]>();

  constructor(private readonly resources: ResourceCounts) {}

  /** Calls of one operation, by API. */
  callsOf(operation: StackOperation): readonly (readonly [ApiName, number])[] {
    const known = this.known.get(operation);
    if (known) return known;
    const calls = new Map<ApiName, number>();
    for (const [type, count] of Object.entries(this.resources))
      for (const [api, each] of Object.entries(CALLS[type]?.[operation] ?? {}))
        calls.set(api as ApiName, (calls.get(api as ApiName) ?? 0) + count * each);
    const made = [...calls];
    this.known.set(operation, made);
    return made;
  }

  /**
   * How long an operation takes, in seconds: its own pace, after the slowest of the rates that it shares with all
   * other stacks of its account.
   *
   * @param random in [0, 1)
   */
  seconds(operation: StackOperation, place: Place, limits: ApiLimits, random: () => number): number {
    let wait = 0;
    for (const [api, count] of this.callsOf(operation))
      wait = Math.max(wait, limits.queue(api, place, count));
    const { from, to } = OWN_PACE[operation];
    return wait + from + (to - from) * random();
  }
}
