"""Gap: a task that waits for its token waits to its end, whether or not its function failed and whether or not
heartbeats come.

A failed call of the function fails the task with the function's error; without a heartbeat in time the task fails with
States.HeartbeatTimeout.
"""

import contextvars
import threading
import time

ENGINE_VERSION = "1.5.33"

_beats = {}
_task = threading.local()


def install(launch):
    from ministack.services import stepfunctions

    invoke_with_callback = stepfunctions._invoke_with_callback
    call_lambda = stepfunctions._call_lambda
    send_task_heartbeat = stepfunctions._send_task_heartbeat

    def end(token, error, cause):
        waiting = stepfunctions._task_tokens.get(token)
        if waiting is not None and not waiting["event"].is_set():
            waiting["error"] = {"Error": error, "Cause": cause}
            waiting["event"].set()

    def with_heartbeat(resource, input_data, token, state_def):
        seconds = state_def.get("HeartbeatSeconds")
        _task.token = token
        _beats[token] = time.monotonic()
        if seconds:
            # In the scope of the execution's account, where the engine keeps the token.
            scope = contextvars.copy_context()
            threading.Thread(target=scope.run, args=(watch, token, seconds, end), daemon=True).start()
        try:
            return invoke_with_callback(resource, input_data, token, state_def)
        finally:
            _task.token = None
            _beats.pop(token, None)

    def with_failure(func_ref, event):
        try:
            return call_lambda(func_ref, event)
        except stepfunctions._ExecutionError as failure:
            end(getattr(_task, "token", None), failure.error, failure.cause)
            raise

    def beat(data):
        token = data.get("taskToken")
        if token in _beats:
            _beats[token] = time.monotonic()
        return send_task_heartbeat(data)

    stepfunctions._invoke_with_callback = with_heartbeat
    stepfunctions._call_lambda = with_failure
    stepfunctions._send_task_heartbeat = beat


def watch(token, seconds, end):
    while (last := _beats.get(token)) is not None:
        left = last + seconds - time.monotonic()
        if left <= 0:
            end(token, "States.HeartbeatTimeout", "no heartbeat came in time")
            return
        time.sleep(left)
