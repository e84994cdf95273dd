import type { NamedTier } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import type { UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { alarmTopic } from './alarm-topic';
import { CanaryFunction, type CanaryFunctionProps } from './canary-function';
import { WatchRole, type WatchRoleProps } from './watch-role';

export interface DeploymentWatchProps
  extends Omit<WatchRoleProps, 'canary'>,
    Omit<CanaryFunctionProps, 'tier' | 'plan'> {
  readonly tiers: readonly NamedTier[];
  /** By tier. */
  readonly plans: ReadonlyMap<string, UsagePlan>;
}

/** What the release engine watches a deployment by: output -> value. */
export type DeploymentWatch = Readonly<Record<'WatchRoleArn' | 'CanaryFunctionArn' | 'AlarmNames', string>>;

/** Adds the canary and the watch role, and lists the stack's alarms: to be called when all of them are there. */
export function watchDeployment(scope: Construct, props: DeploymentWatchProps): DeploymentWatch {
  const { application, deploymentId, toolchainAccount, tiers, plans, ...canaryProps } = props;
  // The largest quota bears a canary best.
  const [tier] = [...tiers].sort((one, other) => other.quota.requestsPerDay - one.quota.requestsPerDay);
  const plan = tier && plans.get(tier.name);
  if (!plan) throw new Error('a deployment has a tier, and a usage plan for it');
  const canary = new CanaryFunction(scope, 'Canary', { ...canaryProps, tier: tier.name, plan });
  const { alias } = canary.service;
  const watch = new WatchRole(scope, 'Watch', { application, deploymentId, toolchainAccount, canary: alias });
  const alarms = Stack.of(scope)
    .node.findAll()
    .filter((each) => each instanceof Alarm);
  alarmTopic(scope);
  return {
    WatchRoleArn: watch.role.roleArn,
    CanaryFunctionArn: alias.functionArn,
    // Not JSON: the pipeline puts outputs into JSON without escaping them.
    AlarmNames: alarms.map(({ alarmName }) => alarmName).join(','),
  };
}
