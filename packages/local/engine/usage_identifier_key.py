"""Gap: an API whose key source is AUTHORIZER still reads the key from the x-api-key header.

The key is the authorizer's usageIdentifierKey, kept with its cached answer; it never reaches the function. A new
AWS::ApiGateway::RestApi also forgets its ApiKeySourceType, which only an update of the stack applies.
"""

import contextvars
import json

ENGINE_VERSION = "1.5.33"

# Travels inside the cached authorizer context, and is taken out of it before the integration sees it.
CARRIER = "\0usageIdentifierKey"

_key = contextvars.ContextVar("granary_usage_identifier_key", default=None)


def install(launch):
    from ministack.services import apigateway_v1 as gateway
    from ministack.services.cloudformation import provisioners

    authorize = gateway._authorize_request_v1
    invoke = gateway._invoke_authorizer_lambda
    from_request = gateway._api_key_from_request

    async def invoke_authorizer_lambda(authorizer, event, account_id, region):
        result = await invoke(authorizer, event, account_id, region)
        answer = result.get("body") if isinstance(result, dict) and not result.get("error") else None
        if isinstance(answer, (str, bytes)):
            try:
                answer = json.loads(answer)
            except ValueError:
                answer = None
        if not isinstance(answer, dict):
            return result
        context = {name: value for name, value in (answer.get("context") or {}).items() if name != CARRIER}
        if isinstance(answer.get("usageIdentifierKey"), str):
            context[CARRIER] = answer["usageIdentifierKey"]
        return {**result, "body": {**answer, "context": context}}

    async def authorize_request_v1(api_id, *arguments, **options):
        error, context = await authorize(api_id, *arguments, **options)
        by_authorizer = (gateway._rest_apis.get(api_id) or {}).get("apiKeySource") == "AUTHORIZER"
        _key.set(((context or {}).get(CARRIER) or "") if by_authorizer else None)
        if isinstance(context, dict) and CARRIER in context:
            context = {name: value for name, value in context.items() if name != CARRIER}
        return error, context

    def api_key_from_request(headers):
        key = _key.get()
        return from_request(headers) if key is None else key

    rest_api = provisioners._RESOURCE_HANDLERS["AWS::ApiGateway::RestApi"]
    create = rest_api["create"]

    def create_with_key_source(logical_id, properties, stack_name):
        created = create(logical_id, properties, stack_name)
        if properties.get("ApiKeySourceType"):
            gateway._rest_apis[created[0]]["apiKeySource"] = properties["ApiKeySourceType"]
        return created

    rest_api["create"] = create_with_key_source
    gateway._invoke_authorizer_lambda = invoke_authorizer_lambda
    gateway._authorize_request_v1 = authorize_request_v1
    gateway._api_key_from_request = api_key_from_request
