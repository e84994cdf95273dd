"""Gap: the engine does not know FlushStageAuthorizersCache (DELETE .../stages/{stage}/cache/authorizers).

It forgets what the authorizers of all the API's stages answered, as the end of their time to live would: an
operator's way to put out at once whoever was let in before.
"""

import re

ENGINE_VERSION = "1.5.33"

PATH = re.compile(r"/restapis/([^/]+)/stages/([^/]+)/cache/authorizers/?")


def install(launch):
    from ministack.services import apigateway_v1 as gateway

    handle = gateway.handle_request

    async def handle_request(method, path, headers, body, query_params):
        asked = PATH.fullmatch(path) if method == "DELETE" else None
        if asked is None or gateway._rest_apis.get(asked.group(1)) is None:
            return await handle(method, path, headers, body, query_params)
        for key in [key for key in gateway._authorizer_cache if asked.group(1) in key]:
            del gateway._authorizer_cache[key]
        return 202, {"Content-Type": "application/json"}, b""

    gateway.handle_request = handle_request
