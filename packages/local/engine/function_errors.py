"""Gap: every error that a function throws is reported as Runtime.HandlerError.

On AWS the errorType is the error's name, by which a state machine's Retry and Catch choose, and the stack comes as
trace.
"""

import threading

ENGINE_VERSION = "1.5.33"

SETTLED = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
THROWN = 'status: "error", error: e.message, trace: e.stack'
UNNAMED = "Runtime.HandlerError"

_last = threading.local()


def install(launch):
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    if SETTLED not in script or THROWN not in script:
        raise KeyError("the text of the worker that reports an error")
    script = script.replace(SETTLED, f"{SETTLED}, errorType: err instanceof Error ? err.name : typeof err")
    lambda_runtime._NODEJS_WORKER_SCRIPT = script.replace(THROWN, f"{THROWN}, errorType: e.name")

    invoke = lambda_runtime.Worker.invoke
    execute = lambda_svc._execute_function_warm

    def invoke_and_note(worker, *arguments, **options):
        response = invoke(worker, *arguments, **options)
        _last.response = response
        return response

    def execute_function_warm(*arguments, **options):
        _last.response = {}
        result = execute(*arguments, **options)
        body = result.get("body") if isinstance(result, dict) and result.get("error") else None
        if isinstance(body, dict) and body.get("errorType") == UNNAMED and _last.response.get("errorType"):
            trace = str(_last.response.get("trace") or "").splitlines()
            result["body"] = {**body, "errorType": _last.response["errorType"], "trace": trace}
        return result

    lambda_runtime.Worker.invoke = invoke_and_note
    lambda_svc._execute_function_warm = execute_function_warm
