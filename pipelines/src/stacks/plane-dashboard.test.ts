import { Stack } from 'aws-cdk-lib';
import { Alarm, type CfnDashboard, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { samplePipeline } from '../testing/sample';
import { ServiceFunction } from './service-function';
import { TierWatch } from './tier-watch';

const all = samplePipeline().node.root.node.findAll();
const dashboards = all.filter((each) => each instanceof Dashboard);
const of = (stack: Stack) => stack.node.findAll().filter((each) => Stack.of(each) === stack);

/** The page as CloudWatch gets it, with the references in their places. */
function body(dashboard: Dashboard): string {
  const { dashboardBody } = dashboard.node.defaultChild as CfnDashboard;
  return JSON.stringify(Stack.of(dashboard).resolve(dashboardBody));
}

test('the control plane, the release engine and each pool have a dashboard; silos have none', () => {
  expect(dashboards.map((each) => Stack.of(each).stackName).sort()).toEqual([
    'granary-control-plane',
    'granary-pool-eu',
    'granary-pool-us',
    'granary-release',
  ]);
});

test('a dashboard shows every alarm and every function of its stack', () => {
  for (const dashboard of dashboards) {
    const stack = Stack.of(dashboard);
    const page = body(dashboard);
    const idOf = (token: string) => JSON.stringify(stack.resolve(token));
    const alarms = of(stack).filter((each) => each instanceof Alarm);
    const functions = of(stack).filter((each) => each instanceof ServiceFunction);
    expect([alarms.length, functions.length].every((count) => count > 0)).toBe(true);
    for (const alarm of alarms) expect(page).toContain(idOf(alarm.alarmArn));
    for (const { function: made } of functions) expect(page).toContain(idOf(made.functionName));
  }
});

test('each tier of a pool has alarms of its own over the requests of its tenants there', () => {
  const watches = all.filter((each) => each instanceof TierWatch);
  expect(watches.map((each) => Stack.of(each).stackName).sort()).toEqual([
    'granary-pool-eu',
    'granary-pool-us',
  ]);
  for (const watch of watches) {
    const alarms = watch.node.findAll().filter((each) => each instanceof Alarm);
    expect(alarms.map(({ node }) => [node.scope?.node.id, node.id])).toEqual([
      ['basic', 'TierFaults'],
      ['basic', 'SlowTier'],
      ['premium', 'TierFaults'],
      ['premium', 'SlowTier'],
    ]);
  }
});
