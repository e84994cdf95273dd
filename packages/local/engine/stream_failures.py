"""Gap: what a function reports of a batch of a DynamoDB stream (batchItemFailures) is not read.

The records from the first one that failed on come again, as on AWS; those before it are done. A report that names no
record of the batch fails all of it.
"""

import json

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services import lambda_svc

    execute = lambda_svc._execute_function
    # By function and stream: the records of a batch that is under way which need not come again.
    finished = {}

    def execute_batch(func_rec, event, *rest, **named):
        records = event.get("Records") if isinstance(event, dict) else None
        if not records or records[0].get("eventSource") != "aws:dynamodb":
            return execute(func_rec, event, *rest, **named)
        key = (func_rec["config"]["FunctionArn"], records[0].get("eventSourceARN"))
        done = finished.get(key, set())
        pending = [each for each in records if sequence(each) not in done]
        result = execute(func_rec, {**event, "Records": pending}, *rest, **named)
        failed = [] if result.get("error") else reported(result.get("body"))
        if not failed:
            if not result.get("error"):
                finished.pop(key, None)
            return result
        first = next((at for at, each in enumerate(pending) if sequence(each) in failed), 0)
        finished[key] = done | {sequence(each) for each in pending[:first]}
        body = {"errorType": "BatchItemFailures", "errorMessage": ", ".join(failed)}
        return {**result, "error": True, "body": body}

    lambda_svc._execute_function = execute_batch


def sequence(record):
    return str((record.get("dynamodb") or {}).get("SequenceNumber", ""))


def reported(body):
    """The records that a function names; an empty list when it names none or answers something else."""
    try:
        answer = json.loads(body) if isinstance(body, (str, bytes)) else body
        failures = answer.get("batchItemFailures") or []
        return [str(each.get("itemIdentifier", "")) for each in failures]
    except (ValueError, AttributeError, TypeError):
        return []
