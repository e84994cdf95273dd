import { Aws, CfnOutput, Stack } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * One alarm over all of the stack's, and the topic that hears of it when it rings and when it stops: one message for
 * a fault that rings many alarms. To be called when the alarms are there; what subscribes is for operators to say.
 */
export function alarmTopic(scope: Construct): void {
  const stack = Stack.of(scope);
  const alarms = stack.node.findAll().filter((each) => each instanceof Alarm);
  const topic = new Topic(scope, 'Alarms', { enforceSSL: true });
  topic.grantPublish(
    new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  const whole = new CompositeAlarm(scope, 'AnyAlarm', {
    // By the stack, not by the construct's path, which differs between the ways to synthesize the same stack.
    compositeAlarmName: `${Aws.STACK_NAME}-AnyAlarm`,
    alarmRule: AlarmRule.anyOf(...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    alarmDescription: 'an alarm of the stack rings; its state says which',
  });
  whole.addAlarmAction(new SnsAction(topic));
  whole.addOkAction(new SnsAction(topic));
  new CfnOutput(scope, 'AlarmTopicArn', { value: topic.topicArn });
}
