"""Gap: REST APIs have no metrics. Each request counts in Count, 4XXError, 5XXError and Latency, by ApiName and by
ApiName and Stage, with the status that the caller got.
"""

import time

from datapoints import metric_key, record

ENGINE_VERSION = "1.5.33"

REMEMBERED = 10_000

_places = {}


def install(launch):
    from ministack.services import apigateway_v1 as gateway

    handle = gateway.handle_execute

    async def handle_execute(api_id, stage_name, method, path, headers, body, query_params):
        begun = time.perf_counter()
        answer = await handle(api_id, stage_name, method, path, headers, body, query_params)
        count(gateway, api_id, stage_name, answer[0], round((time.perf_counter() - begun) * 1000))
        return answer

    gateway.handle_execute = handle_execute


def count(gateway, api_id, stage, status, milliseconds):
    found = places(gateway, api_id, stage)
    for metric, value, unit in (
        ("Count", 1, "Count"),
        ("4XXError", int(400 <= status < 500), "Count"),
        ("5XXError", int(status >= 500), "Count"),
        ("Latency", milliseconds, "Milliseconds"),
    ):
        for place, dimensions in found.get(metric, ()):
            record(place, value, unit, dimensions)


def places(gateway, api_id, stage):
    known, api, found = _places.get((api_id, stage), (None, None, None))
    if known is not None and gateway._rest_apis._data.get(known) is api:
        return found
    known = next((place for place in list(gateway._rest_apis._data) if place[2] == api_id), None)
    if known is None:
        return {}
    api = gateway._rest_apis._data[known]
    sets = [{"ApiName": api.get("name", "")}, {"ApiName": api.get("name", ""), "Stage": stage}]
    found = {
        metric: [((*known[:2], metric_key("AWS/ApiGateway", metric, each)), each) for each in sets]
        for metric in ("Count", "4XXError", "5XXError", "Latency")
    }
    if len(_places) >= REMEMBERED:
        _places.clear()
    _places[(api_id, stage)] = (known, api, found)
    return found
