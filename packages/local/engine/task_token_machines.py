"""Gap: the engine does not know which state machine a task token is of, so that a policy that names the machine denies
every answer.

Answers by a token are judged by the machine that waits, as AWS does.
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
    extract_resource_arn = iam_actions.extract_resource_arn

    def with_execution(state_def, raw_input, execution, ctx):
        _task.machine = (execution or {}).get("stateMachineArn")
        return execute_task(state_def, raw_input, execution, ctx)

    def with_machine(resource, input_data, token, state_def):
        _machines[token] = getattr(_task, "machine", None)
        try:
            return invoke_with_callback(resource, input_data, token, state_def)
        finally:
            _machines.pop(token, None)

    def with_tokens(service, method, path, headers, body, query_params, region, account_id):
        machine = _machines.get(token_of(body)) if service == "states" else None
        return machine or extract_resource_arn(service, method, path, headers, body, query_params, region, account_id)

    stepfunctions._execute_task = with_execution
    stepfunctions._invoke_with_callback = with_machine
    iam_actions.extract_resource_arn = with_tokens


def token_of(body):
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return None
    token = request.get("taskToken") if isinstance(request, dict) else None
    return token if isinstance(token, str) else None
