import type { ApiLimits, Place } from './api-limits';
import type { ApiName } from './published-rates';

/** What a release changes in a tenant's stack. */
export const CHANGE_KINDS = ['create', 'code', 'api', 'delete'] as const;
/** `code`: functions take new code. `api`: routes change too. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Resources of a template, by type. */
export type ResourceCounts = Readonly<Record<string, number>>;

/** Calls that CloudFormation makes for one resource of a type, by what happens to it. */
const CALLS: Readonly<Record<string, Partial<Record<ChangeKind, Partial<Record<ApiName, number>>>>>> = {
  'AWS::Lambda::Function': {
    create: { 'lambda:Control': 1 },
    code: { 'lambda:Control': 1 },
    api: { 'lambda:Control': 1 },
    delete: { 'lambda:Control': 1 },
  },
  'AWS::Lambda::Version': {
    create: { 'lambda:Control': 1 },
    code: { 'lambda:Control': 2 },
    api: { 'lambda:Control': 2 },
    delete: { 'lambda:Control': 1 },
  },
  'AWS::Lambda::Alias': {
    create: { 'lambda:Control': 1 },
    code: { 'lambda:Control': 2 },
    api: { 'lambda:Control': 2 },
    delete: { 'lambda:Control': 1 },
  },
  'AWS::ApiGateway::RestApi': {
    create: { 'apigateway:CreateRestApi': 1 },
    delete: { 'apigateway:Other': 1 },
  },
  'AWS::ApiGateway::Deployment': {
    create: { 'apigateway:CreateDeployment': 1 },
    api: { 'apigateway:CreateDeployment': 1 },
  },
  'AWS::ApiGateway::UsagePlan': {
    create: { 'apigateway:Other': 1 },
    delete: { 'apigateway:Other': 1 },
  },
  'AWS::ApiGateway::Method': { create: { 'apigateway:Other': 1 }, api: { 'apigateway:Other': 1 } },
  'AWS::ApiGateway::Resource': { create: { 'apigateway:Other': 1 } },
};

/** Seconds that CloudFormation takes besides waiting for rates: its own pace, and CodeDeploy's canary of 5 minutes. */
const OWN_PACE: Readonly<Record<ChangeKind, { readonly from: number; readonly to: number }>> = {
  create: { from: 150, to: 240 },
  code: { from: 340, to: 420 },
  api: { from: 350, to: 440 },
  delete: { from: 60, to: 150 },
};

/**
 * How long an operation on a stack takes, in seconds: its own pace, or the slowest of the rates that it shares with
 * all other stacks of its account.
 *
 * @param random in [0, 1)
 */
export function operationSeconds(
  kind: ChangeKind,
  resources: ResourceCounts,
  place: Place,
  limits: ApiLimits,
  random: () => number,
): number {
  const calls = new Map<ApiName, number>();
  for (const [type, count] of Object.entries(resources))
    for (const [api, each] of Object.entries(CALLS[type]?.[kind] ?? {}))
      calls.set(api as ApiName, (calls.get(api as ApiName) ?? 0) + count * each);
  const waits = [...calls].map(([api, count]) => limits.queue(api, place, count));
  const { from, to } = OWN_PACE[kind];
  return Math.max(0, ...waits) + from + (to - from) * random();
}
