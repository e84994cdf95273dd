"""Gap: the engine knows neither which state machine a task token is of, so that a policy that names the machine
refuses the answer, nor that a function which should have kept the token failed: the task would wait to its end.

Answers by a token are judged by the machine that waits; a failed call of the function fails the task at once.
"""

import json
import threading

ENGINE_VERSION = "1.5.33"

_machines = {}
_task = threading.local()


def install(launch):
    from ministack.core import iam_actions
    from ministack.services import stepfunctions

    execute_task = stepfunctions._execute_task
    invoke_with_callback = stepfunctions._invoke_with_callback
    call_lambda = stepfunctions._call_lambda
    extract_resource_arn = iam_actions.extract_resource_arn

    def with_execution(state_def, raw_input, execution, ctx):
        _task.machine = (execution or {}).get("stateMachineArn")
        return execute_task(state_def, raw_input, execution, ctx)

    def with_machine(resource, input_data, token, state_def):
        _machines[token] = getattr(_task, "machine", None)
        _task.token = token
        try:
            return invoke_with_callback(resource, input_data, token, state_def)
        finally:
            _task.token = None
            _machines.pop(token, None)

    def with_failure(func_ref, event):
        try:
            return call_lambda(func_ref, event)
        except stepfunctions._ExecutionError as failure:
            waiting = stepfunctions._task_tokens.get(getattr(_task, "token", None))
            if waiting is not None:
                waiting["error"] = {"Error": failure.error, "Cause": failure.cause}
                waiting["event"].set()
            raise

    def with_tokens(service, method, path, headers, body, query_params, region, account_id):
        machine = _machines.get(token_of(body)) if service == "states" else None
        return machine or extract_resource_arn(service, method, path, headers, body, query_params, region, account_id)

    stepfunctions._execute_task = with_execution
    stepfunctions._invoke_with_callback = with_machine
    stepfunctions._call_lambda = with_failure
    iam_actions.extract_resource_arn = with_tokens


def token_of(body):
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return None
    token = request.get("taskToken") if isinstance(request, dict) else None
    return token if isinstance(token, str) else None
