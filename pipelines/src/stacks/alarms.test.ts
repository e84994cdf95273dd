import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Alarm, type CfnCompositeAlarm, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { samplePipeline } from '../testing/sample';

const PAGE = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
const all = samplePipeline().node.root.node.findAll();
const alarms = all.filter((each) => each instanceof Alarm);
const composites = all.filter((each) => each instanceof CompositeAlarm);

test('the page on operations explains each kind of alarm, and no other', () => {
  const explained = [...PAGE.matchAll(/^### `(\w+)`$/gm)].map(([, kind]) => kind);
  const made = new Set([...alarms, ...composites].map(({ node }) => node.id));
  expect(explained.sort()).toEqual([...made].sort());
});

test('of each alarm the page says what it means, what to look at and what to do', () => {
  const [, ...sections] = PAGE.split(/^### /m);
  expect(sections.length).toBeGreaterThan(0);
  for (const section of sections)
    for (const part of ['Means', 'Look at', 'Do']) expect(section).toContain(`**${part}**`);
});

test('every stack with alarms has one over all of them, which tells a topic when it rings and when it stops', () => {
  const stacks = new Set(alarms.map((alarm) => Stack.of(alarm)));
  for (const stack of stacks) {
    const [whole, ...others] = composites.filter((each) => Stack.of(each) === stack);
    expect(others).toEqual([]);
    const { alarmRule, alarmActions, okActions } = (whole as CompositeAlarm).node
      .defaultChild as CfnCompositeAlarm;
    const rule = JSON.stringify(stack.resolve(alarmRule));
    for (const alarm of alarms.filter((each) => Stack.of(each) === stack))
      expect(rule).toContain(JSON.stringify(stack.resolve(alarm.alarmArn)['Fn::GetAtt'][0]));
    expect(alarmActions).toHaveLength(1);
    expect(stack.resolve(okActions)).toEqual(stack.resolve(alarmActions));
  }
});

test('a composite alarm stays within the hundred alarms that CloudWatch lets one name', () => {
  for (const composite of composites) {
    const stack = Stack.of(composite);
    expect(alarms.filter((each) => Stack.of(each) === stack).length).toBeLessThanOrEqual(100);
  }
});
