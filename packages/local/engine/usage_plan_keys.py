"""Gap: a key can be put on several usage plans of one API stage, and a plan takes keys that do not exist.

API Gateway has one plan for a key and a stage and answers 409 otherwise, for the plan that has the key already
too. GetUsagePlans lists the plans of a key when it is asked for them, and a key that is not on a plan cannot be
taken off it.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services import apigateway_v1 as gateway

    create, remove = gateway._create_usage_plan_key, gateway._delete_usage_plan_key

    def stages(plan):
        return {(entry.get("apiId"), entry.get("stage")) for entry in plan.get("apiStages") or []}

    def plans_of(key_id):
        return [
            (plan_id, plan) for plan_id, plan in list(gateway._usage_plans.items())
            if key_id in (gateway._usage_plan_keys.get(plan_id) or {})
        ]

    def create_usage_plan_key(plan_id, data):
        plan, key_id = gateway._usage_plans.get(plan_id), data.get("keyId", "")
        if plan is not None:
            if key_id not in gateway._api_keys:
                return gateway._v1_error("NotFoundException", "Invalid API Key identifier specified", 404)
            for other_id, other in plans_of(key_id):
                if other_id == plan_id or stages(other) & stages(plan):
                    return gateway._v1_error(
                        "ConflictException", f"the API key {key_id} is on the usage plan {other_id} already", 409
                    )
        return create(plan_id, data)

    def delete_usage_plan_key(plan_id, key_id):
        if plan_id in gateway._usage_plans and key_id not in (gateway._usage_plan_keys.get(plan_id) or {}):
            return gateway._v1_error("NotFoundException", "Invalid Usage Plan Key identifier specified", 404)
        return remove(plan_id, key_id)

    def get_usage_plans(query_params):
        key_id = gateway._qp(query_params, "keyId")
        plans = [plan for _, plan in plans_of(key_id)] if key_id else list(gateway._usage_plans.values())
        return gateway._v1_paginated_response(plans, query_params)

    gateway._create_usage_plan_key = create_usage_plan_key
    gateway._delete_usage_plan_key = delete_usage_plan_key
    gateway._get_usage_plans = get_usage_plans
