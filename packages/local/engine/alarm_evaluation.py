"""Gap: alarms look at all series of a metric's name at once, know neither missing data nor M of N, and move only when
PutMetricData is called.

An alarm is evaluated every second and before it is described, over the last periods up to now, so that it rings with
the datapoint that breaches and rests one clean period later. A minute of a period lasts ten seconds here, unless the
launcher's alarmMinuteSeconds says otherwise. A state that SetAlarmState gave lasts one period.
"""

import logging
import threading
import time

from datapoints import metric_key
from metric_math import MathError, evaluate_expression

ENGINE_VERSION = "1.5.33"

TICK_SECONDS = 1.0
COMPARISONS = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}

# (account, region, alarm name) -> the state that was found last, and until when one that was set stays.
_seen = {}
_evaluating = threading.Lock()


def install(launch):
    from ministack.core import responses
    from ministack.services import cloudwatch

    minute = launch.alarm_minute_seconds
    describe = cloudwatch._describe_alarms

    def evaluate_here(alarm):
        evaluate(cloudwatch, alarm, responses.get_account_id(), responses.get_region(), minute)

    def evaluate_scope():
        for alarm in list(cloudwatch._alarms.values()):
            evaluate_here(alarm)

    def describe_alarms(params, cbor_data, is_cbor, is_json=False):
        evaluate_scope()
        return describe(params, cbor_data, is_cbor, is_json)

    def evaluate_for_ever():
        while True:
            time.sleep(TICK_SECONDS)
            try:
                for (account, region, _), alarm in list(cloudwatch._alarms._data.items()):
                    with responses.request_scope(account, region):
                        evaluate_here(alarm)
            except Exception:
                logging.getLogger("granary").exception("alarms were not evaluated")

    cloudwatch._evaluate_alarm = evaluate_here
    cloudwatch._evaluate_all_alarms = evaluate_scope
    cloudwatch._describe_alarms = describe_alarms
    threading.Thread(target=evaluate_for_ever, daemon=True, name="alarms").start()


def evaluate(cloudwatch, alarm, account, region, minute):
    place = (account, region, alarm["AlarmName"])
    with _evaluating:
        now, length = time.time(), period(alarm) * minute / 60
        state, held_until = _seen.get(place, (alarm["StateValue"], 0))
        if state != alarm["StateValue"]:
            held_until = now + length
        _seen[place] = (alarm["StateValue"], held_until)
        if now < held_until:
            return
        try:
            values = datapoints(cloudwatch, alarm, account, region, now, length)
        except MathError as error:
            logging.getLogger("granary").warning("alarm %s is not evaluated: %s", alarm["AlarmName"], error)
            return
        if values is None:
            return
        new_state, reason = verdict(alarm, values)
        old_state = alarm["StateValue"]
        if new_state is None or new_state == old_state:
            return
        _seen[place] = (new_state, 0)
        alarm["StateValue"], alarm["StateReason"] = new_state, reason
        alarm["StateUpdatedTimestamp"] = alarm["StateTransitionedTimestamp"] = int(now)
    cloudwatch._record_history(alarm["AlarmName"], old_state, new_state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, old_state, new_state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def period(alarm):
    lengths = [each["MetricStat"]["Period"] for each in alarm.get("Metrics") or [] if each.get("MetricStat")]
    return int(lengths[0] if lengths else alarm.get("Period") or 60)


def datapoints(cloudwatch, alarm, account, region, now, length):
    """One value or None per period, the current one first; None for an alarm that is on no metric."""
    count = int(alarm.get("EvaluationPeriods") or 1)
    queries = alarm.get("Metrics")
    if not queries:
        if not alarm.get("Namespace") or not alarm.get("MetricName"):
            return None
        return series(cloudwatch, account, region, alarm, alarm.get("ExtendedStatistic") or alarm.get("Statistic"),
                      now, length, count)
    known, expressions, returned = {}, {}, None
    for query in queries:
        stat = query.get("MetricStat")
        if stat:
            owner = query.get("AccountId") or account
            known[query["Id"]] = series(cloudwatch, owner, region, stat["Metric"], stat["Stat"], now, length, count)
        else:
            expressions[query["Id"]] = query["Expression"]
        if query.get("ReturnData", True) is not False and str(query.get("ReturnData", True)).lower() != "false":
            returned = query["Id"]
    return [
        evaluate_expression(returned, {name: values[index] for name, values in known.items()}, expressions)
        for index in range(count)
    ]


def series(cloudwatch, account, region, metric, statistic, now, length, count):
    dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions") or []}
    key = metric_key(metric["Namespace"], metric["MetricName"], dimensions)
    points = cloudwatch._metrics._data.get((account, region, key)) or ()
    windows = [[] for _ in range(count)]
    for point in list(points):
        index = int((now - point["Timestamp"]) // length)
        if 0 <= index < count:
            windows[index].append(point)
    return [
        cloudwatch._stat_value(cloudwatch._calc_stats(window), statistic, window) if window else None
        for window in windows
    ]


def verdict(alarm, values):
    """The state that the datapoints give, and why; None keeps the one that there is."""
    compare, threshold = COMPARISONS.get(alarm.get("ComparisonOperator")), float(alarm.get("Threshold") or 0)
    if compare is None:
        return None, ""
    missing = alarm.get("TreatMissingData") or "missing"
    wanted = int(alarm.get("DatapointsToAlarm") or len(values))
    found = [value for value in values if value is not None]
    absent = len(values) - len(found)
    breaching = [value for value in found if compare(value, threshold)]
    if len(breaching) + (absent if missing == "breaching" else 0) >= wanted:
        return "ALARM", (
            f"Threshold Crossed: {wanted} out of the last {len(values)} datapoints {breaching} "
            f"{alarm['ComparisonOperator']} ({threshold})"
        )
    if found or missing in ("breaching", "notBreaching"):
        return "OK", f"Threshold not crossed: {len(breaching)} of {len(values)} datapoints breach ({threshold})"
    if missing == "ignore":
        return None, ""
    return "INSUFFICIENT_DATA", f"Insufficient Data: no datapoints in the last {len(values)} periods"
