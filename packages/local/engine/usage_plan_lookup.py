"""Gap: every request that needs a key walks all keys and all usage plans of all accounts, three times.

A key's record and its plan are remembered and looked at again before they count: a key that was disabled, deleted
or moved, or a plan that changed its stages, is searched for anew. A key has one plan of a stage (usage_plan_keys).
"""

ENGINE_VERSION = "1.5.33"

REMEMBERED = 10_000


def install(launch):
    from ministack.services import apigateway_v1 as gateway

    search_plans = gateway._usage_plans_for_key
    keys, plans = {}, {}

    def resolve_api_key(value):
        if not value:
            return None
        place, key = keys.get(value, (None, None))
        if key is None or gateway._api_keys._data.get(place) is not key or key.get("value") != value:
            place, key = next(
                (found for found in list(gateway._api_keys.all_items()) if found[1].get("value") == value),
                (None, None),
            )
            remember(keys, value, (place, key) if key else None)
        return key if key and key.get("enabled", True) else None

    def usage_plans_for_key(key_id, api_id, stage_name):
        known = plans.get((key_id, api_id, stage_name))
        if known is not None:
            plan_id, plan, entry = known
            if (
                gateway._usage_plans.get(plan_id) is plan
                and key_id in (gateway._usage_plan_keys.get(plan_id) or {})
                and any(each is entry for each in plan.get("apiStages") or [])
            ):
                return [known]
        found = search_plans(key_id, api_id, stage_name)
        remember(plans, (key_id, api_id, stage_name), found[0] if len(found) == 1 else None)
        return found

    gateway._resolve_api_key = resolve_api_key
    gateway._usage_plans_for_key = usage_plans_for_key


def remember(store, name, value):
    store.pop(name, None)
    if value is None:
        return
    if len(store) >= REMEMBERED:
        store.pop(next(iter(store)))
    store[name] = value
