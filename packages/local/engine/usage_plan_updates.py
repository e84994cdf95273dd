"""Gap: an update of a usage plan stores numbers as text and API stages as a value, and a plan in use is deleted.

UpdateUsagePlan takes `/throttle/rateLimit`, `/throttle/burstLimit`, `/quota/limit`, `/quota/offset` as numbers and
adds or removes `/apiStages` by `<api>:<stage>`. DeleteUsagePlan answers 400 while the plan has a stage; a stack
removes its own plan's stages first.
"""

ENGINE_VERSION = "1.5.33"

NUMBERS = {
    "/throttle/rateLimit": float, "/throttle/burstLimit": int, "/quota/limit": int, "/quota/offset": int,
}


def install(launch):
    from ministack.services import apigateway_v1 as gateway

    handle, update = gateway.handle_request, gateway._update_usage_plan

    def update_usage_plan(plan_id, data):
        plan = gateway._usage_plans.get(plan_id)
        if plan is None:
            return update(plan_id, data)
        others = []
        for operation in data.get("patchOperations") or []:
            path, value = operation.get("path", ""), operation.get("value")
            if path == "/apiStages" and operation.get("op") in ("add", "remove"):
                change_stage(plan, operation["op"], value)
                continue
            if path in NUMBERS and operation.get("op") != "remove":
                try:
                    value = NUMBERS[path](value)
                except (TypeError, ValueError):
                    return gateway._v1_error("BadRequestException", f"{path} must be a number, not {value!r}", 400)
            others.append({**operation, "value": value})
        return update(plan_id, {"patchOperations": others})

    async def handle_request(method, path, headers, body, query_params):
        parts = [part for part in path.split("/") if part]
        # Here and not at the function behind it, which stacks use to delete their plans.
        if method == "DELETE" and len(parts) == 2 and parts[0] == "usageplans":
            if (gateway._usage_plans.get(parts[1]) or {}).get("apiStages"):
                return gateway._v1_error(
                    "BadRequestException", "a usage plan with API stages cannot be deleted: remove them first", 400
                )
        return await handle(method, path, headers, body, query_params)

    gateway._update_usage_plan = update_usage_plan
    gateway.handle_request = handle_request


def change_stage(plan, operation, value):
    api_id, _, stage = str(value).partition(":")
    kept = [entry for entry in plan.get("apiStages") or [] if (entry.get("apiId"), entry.get("stage")) != (api_id, stage)]
    added = [{"apiId": api_id, "stage": stage, "throttle": {}}] if operation == "add" else []
    plan["apiStages"] = kept + added
