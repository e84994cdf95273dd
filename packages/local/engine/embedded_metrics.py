"""Gap: a function's log line in the embedded metric format is a line and no metric.

Its metrics are recorded for each of its sets of dimensions, as Powertools writes them.
"""

import json

from datapoints import metric_key, record

ENGINE_VERSION = "1.5.33"

MARK = '"CloudWatchMetrics"'


def install(launch):
    from ministack.services import lambda_svc

    emit = lambda_svc._emit_lambda_logs

    def emit_lambda_logs(func, request_id, log_text, error, duration_ms, **named):
        emit(func, request_id, log_text, error, duration_ms, **named)
        if MARK in log_text:
            parts = (func.get("config") or func).get("FunctionArn", "").split(":")
            if len(parts) > 6:
                for line in log_text.splitlines():
                    if MARK in line:
                        record_line(parts[4], parts[3], line)

    lambda_svc._emit_lambda_logs = emit_lambda_logs


def record_line(account, region, line):
    try:
        entry = json.loads(line[line.index("{"):])
        directives = entry["_aws"]["CloudWatchMetrics"]
        for directive in directives:
            for names in directive.get("Dimensions") or [[]]:
                dimensions = {name: str(entry[name]) for name in names}
                for metric in directive.get("Metrics", []):
                    values = entry[metric["Name"]]
                    place = (account, region, metric_key(directive["Namespace"], metric["Name"], dimensions))
                    for value in values if isinstance(values, list) else [values]:
                        record(place, float(value), metric.get("Unit", "None"), dimensions)
    except (ValueError, KeyError, TypeError):
        # A line that is not in the format is a line, as on AWS.
        return
