"""Gap: the engine has no CodePipeline, and pipelines run outside of it. What CodePipeline's API asks of runs, approvals
and jobs is handed to the pipeline runner, whose answer is the caller's.

POST /_granary/pipeline-calls waits for calls and gives them; POST /_granary/pipeline-answer answers one.
"""

import asyncio
import json
import uuid

from engine_service import EngineService, ServiceError

ENGINE_VERSION = "1.5.33"

OPERATIONS = {
    "GetPipelineState", "ListPipelineExecutions", "GetPipelineExecution", "StartPipelineExecution",
    "StopPipelineExecution", "RetryStageExecution", "PutApprovalResult", "PutJobSuccessResult", "PutJobFailureResult",
}
# How long a call waits for the runner, and the runner for a call.
ANSWER_SECONDS = 20
POLL_SECONDS = 20

_waiting = {}
_calls = []
_arrived = None


def install(launch):
    from ministack.core import iam_actions

    service = EngineService.installed["codepipeline"]
    for operation in OPERATIONS:
        service.operation(operation)(forwarder(operation))
    launch.route("/_granary/pipeline-calls", take)
    launch.route("/_granary/pipeline-answer", answer)
    extract_resource_arn = iam_actions.extract_resource_arn

    def with_pipelines(service_name, method, path, headers, body, query_params, region, account_id):
        if service_name == "codepipeline":
            return resource_arn(body, region, account_id)
        return extract_resource_arn(service_name, method, path, headers, body, query_params, region, account_id)

    iam_actions.extract_resource_arn = with_pipelines


def resource_arn(body, region, account):
    """Pipeline, stage or action, as CodePipeline's actions name their resources; jobs have none."""
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return "*"
    names = [request.get("pipelineName") or request.get("name"), request.get("stageName"), request.get("actionName")]
    if not all(isinstance(name, str) or name is None for name in names) or not names[0]:
        return "*"
    return f"arn:aws:codepipeline:{region}:{account}:" + "/".join(name for name in names if name)


def forwarder(operation):
    async def forward(request):
        from ministack.core.responses import get_account_id, get_region

        call = {"id": str(uuid.uuid4()), "operation": operation, "account": get_account_id(),
                "region": get_region(), "input": request}
        answered = asyncio.get_running_loop().create_future()
        _waiting[call["id"]] = answered
        _calls.append(call)
        arrival().set()
        try:
            result = await asyncio.wait_for(answered, ANSWER_SECONDS)
        except asyncio.TimeoutError:
            raise ServiceError("ServiceUnavailable", f"no pipeline runner answered {operation}") from None
        finally:
            del _waiting[call["id"]]
            _calls[:] = [each for each in _calls if each is not call]
        error = result.get("error")
        if error:
            raise ServiceError(error["code"], error["message"])
        return result.get("output") or {}

    return forward


async def take(request):
    if not _calls:
        arrival().clear()
        try:
            await asyncio.wait_for(arrival().wait(), POLL_SECONDS)
        except asyncio.TimeoutError:
            pass
    taken = list(_calls)
    _calls.clear()
    return {"calls": taken}


def answer(request):
    answered = _waiting.get(request.get("id"))
    if answered is not None and not answered.done():
        answered.set_result(request)
    return {}


def arrival():
    global _arrived
    if _arrived is None:
        _arrived = asyncio.Event()
    return _arrived
