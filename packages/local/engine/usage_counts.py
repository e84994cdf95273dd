"""Gap: a usage plan's quota runs from a key's first request, is forgotten at a stop, and GetUsage does not answer it.

Requests are counted by plan, key and day (UTC), as API Gateway bills and resets them; a request that the quota
refuses is not counted. The counts are part of the saved state. A request costs a look-up and an addition.
"""

import datetime
import json
import time

ENGINE_VERSION = "1.5.33"

DAY_SECONDS = 86_400
EPOCH = datetime.date(1970, 1, 1)
# API Gateway answers usage of the last 90 days; older counts are dropped.
KEPT_DAYS = 90
STATE = "granary_usage_counts"

# plan id -> key id -> day since the epoch -> requests; ids are unique in all accounts.
_counts = {}


def install(launch):
    from ministack.services import apigateway_v1 as gateway

    handle, get_state, load = gateway.handle_request, gateway.get_state, gateway.load_persisted_state
    reset, delete_plan = gateway.reset, gateway._delete_usage_plan

    def check_quota(key, api_id, stage_name):
        if key is None:
            return None
        plans = gateway._usage_plans_for_key(key["id"], api_id, stage_name)
        today = int(time.time()) // DAY_SECONDS
        for plan_id, plan, _ in plans:
            if remaining(plan, _counts.get(plan_id, {}).get(key["id"], {}), today) == 0:
                return gateway._gw_error("QUOTA_EXCEEDED", gateway._GATEWAY_ERROR_MESSAGES["QUOTA_EXCEEDED"])
        for plan_id, _, _ in plans:
            days = _counts.setdefault(plan_id, {}).setdefault(key["id"], {})
            if today not in days:
                for old in [day for day in days if day <= today - KEPT_DAYS]:
                    del days[old]
            days[today] = days.get(today, 0) + 1
        return None

    async def handle_request(method, path, headers, body, query_params):
        parts = [part for part in path.split("/") if part]
        if method == "GET" and len(parts) == 3 and parts[0] == "usageplans" and parts[2] == "usage":
            return get_usage(gateway, parts[1], query_params)
        return await handle(method, path, headers, body, query_params)

    def get_state_with_counts():
        return {**get_state(), STATE: json.dumps(_counts)}

    def load_with_counts(data):
        load(data)
        if data and data.get(STATE):
            _counts.update({
                plan: {key: {int(day): count for day, count in days.items()} for key, days in keys.items()}
                for plan, keys in json.loads(data[STATE]).items()
            })

    def reset_with_counts():
        _counts.clear()
        reset()

    def delete_usage_plan(plan_id):
        if plan_id in gateway._usage_plans:
            _counts.pop(plan_id, None)
        return delete_plan(plan_id)

    gateway._check_quota = check_quota
    gateway.handle_request = handle_request
    gateway.get_state = get_state_with_counts
    gateway.load_persisted_state = load_with_counts
    gateway.reset = reset_with_counts
    gateway._delete_usage_plan = delete_usage_plan


def remaining(plan, days, day):
    """What the plan's period has left on a day; None for a plan without a quota."""
    quota = plan.get("quota") or {}
    if quota.get("limit") is None:
        return None
    first = period_start(quota.get("period", "DAY"), day)
    used = days.get(day, 0) if first == day else sum(days.get(each, 0) for each in range(first, day + 1))
    return max(0, int(quota["limit"]) - used)


def period_start(period, day):
    if period == "DAY":
        return day
    date = EPOCH + datetime.timedelta(days=day)
    back = date.isoweekday() % 7 if period == "WEEK" else date.day - 1
    return day - back


def get_usage(gateway, plan_id, query):
    plan = gateway._usage_plans.get(plan_id)
    if plan is None:
        return gateway._v1_error("NotFoundException", "Invalid Usage Plan identifier specified", 404)
    start, end = (gateway._qp(query, name) or "" for name in ("startDate", "endDate"))
    try:
        first, last = (datetime.date.fromisoformat(text).toordinal() - EPOCH.toordinal() for text in (start, end))
    except ValueError:
        return gateway._v1_error("BadRequestException", "startDate and endDate must be dates, as 2026-01-31", 400)
    if not 0 <= last - first < KEPT_DAYS:
        return gateway._v1_error("BadRequestException", "the dates must be in order and within 90 days", 400)
    wanted = gateway._qp(query, "keyId")
    values = {
        key_id: [[days.get(day, 0), remaining(plan, days, day) or 0] for day in range(first, last + 1)]
        for key_id, days in _counts.get(plan_id, {}).items() if not wanted or key_id == wanted
    }
    return gateway._v1_response({"usagePlanId": plan_id, "startDate": start, "endDate": end, "values": values})
