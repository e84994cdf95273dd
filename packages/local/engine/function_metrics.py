"""Gap: functions' metrics are counted for Invoke only, not for API calls, state machines and event sources, and
never by alias.

Each invocation counts once, wherever it comes from: Invocations, Errors, Duration and Throttles by FunctionName,
and by Resource and ExecutedVersion where it came by an alias or version.
"""

import contextvars
import time

from datapoints import metric_key, record

ENGINE_VERSION = "1.5.33"

UNITS = {"Invocations": "Count", "Errors": "Count", "Throttles": "Count", "Duration": "Milliseconds"}
REMEMBERED = 10_000

# What the invocation under way was asked for: function name and qualifier.
_asked = contextvars.ContextVar("granary_function_asked", default=(None, None))
_places = {}


def install(launch):
    from ministack.services import lambda_svc

    effective = lambda_svc._effective_func_record_for_qualifier
    dispatch, acquire = lambda_svc._execute_function_dispatch, lambda_svc._acquire_execution_slot

    def effective_record(func, qualifier):
        found = effective(func, qualifier)
        if func is not None:
            _asked.set(((func.get("config") or func).get("FunctionName"), qualifier))
        return found

    def execute(func, config, event, request_id, started):
        begun = time.perf_counter()
        result = dispatch(func, config, event, request_id, started)
        failed = bool(result.get("error")) if isinstance(result, dict) else True
        milliseconds = round((time.perf_counter() - begun) * 1000)
        count(config, {"Invocations": 1, "Errors": int(failed), "Throttles": 0, "Duration": milliseconds})
        return result

    def acquire_slot(func, config):
        slot, limit = acquire(func, config)
        if slot is None:
            count(config, {"Throttles": 1})
        return slot, limit

    lambda_svc._effective_func_record_for_qualifier = effective_record
    lambda_svc._execute_function_dispatch = execute
    lambda_svc._acquire_execution_slot = acquire_slot
    lambda_svc._emit_lambda_metrics = lambda *arguments, **named: None


def count(config, values):
    arn = config.get("FunctionArn", "")
    parts = arn.split(":")
    if len(parts) < 7:
        return
    name, version = parts[6], config.get("Version", "$LATEST")
    asked_name, asked = _asked.get()
    # An Invoke leaves what it was asked for in the arn.
    qualifier = parts[7] if len(parts) > 7 and not (parts[7] == version and asked_name == name) else None
    if qualifier is None and asked_name == name:
        qualifier = asked
    for metric, value in values.items():
        for place, dimensions in places(parts[4], parts[3], name, qualifier, version, metric):
            record(place, value, UNITS[metric], dimensions)


def places(account, region, name, qualifier, version, metric):
    wanted = (account, region, name, qualifier, version, metric)
    known = _places.get(wanted)
    if known is None:
        sets = [{"FunctionName": name}, {"FunctionName": name, "Resource": f"{name}:{qualifier}" if qualifier else name}]
        if qualifier and qualifier != version:
            sets.append({**sets[1], "ExecutedVersion": version})
        known = [((account, region, metric_key("AWS/Lambda", metric, each)), each) for each in sets]
        if len(_places) >= REMEMBERED:
            _places.clear()
        _places[wanted] = known
    return known
