import { setTimeout as pause } from 'node:timers/promises';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  type ActionContext,
  type ActionProvider,
  type ActionResult,
  actionClient,
  actionTitle,
} from '../action';
import { ActionFailedError, RunInterruptedError, UnsupportedPipelineError } from '../errors';

const POLL_MS = 250;

/**
 * The `CloudWatchAlarm` rule: fails when the alarm is in one of `AlarmStates` (ALARM unless given) now or within
 * `WaitTime` minutes.
 */
export class AlarmRule implements ActionProvider {
  /** @param minuteMs milliseconds of a minute of `WaitTime` */
  constructor(private readonly minuteMs: number) {}

  async execute(context: ActionContext): Promise<ActionResult> {
    const { AlarmName = '', AlarmStates = 'ALARM', WaitTime = '0' } = context.configuration;
    const minutes = Number(WaitTime);
    if (!Number.isFinite(minutes) || minutes < 0)
      throw new UnsupportedPipelineError(
        `${actionTitle(context)}: WaitTime "${WaitTime}" is no number of minutes`,
      );
    const states = AlarmStates.split(',').map((state) => state.trim());
    const client = new CloudWatchClient(await actionClient(context));
    const end = Date.now() + minutes * this.minuteMs;
    try {
      for (;;) {
        const { state, reason } = await alarmState(client, AlarmName);
        if (states.includes(state))
          throw new ActionFailedError(
            `alarm "${AlarmName}" is in state ${state}${reason ? `: ${reason}` : ''}`,
          );
        const left = end - Date.now();
        if (left <= 0) return { summary: `alarm "${AlarmName}": ${state}` };
        await pause(Math.min(POLL_MS, left), undefined, { signal: context.signal }).catch(() => {
          throw new RunInterruptedError('the run was stopped while it watched an alarm');
        });
      }
    } finally {
      client.destroy();
    }
  }
}

async function alarmState(
  client: CloudWatchClient,
  name: string,
): Promise<{ state: string; reason: string }> {
  const answer = await client.send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  );
  const alarm = answer.MetricAlarms?.[0] ?? answer.CompositeAlarms?.[0];
  if (!alarm) throw new ActionFailedError(`alarm "${name}" does not exist`);
  return { state: alarm.StateValue ?? '', reason: alarm.StateReason ?? '' };
}
