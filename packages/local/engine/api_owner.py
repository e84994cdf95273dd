"""Gap: an API call carries no account, so the engine finds only the APIs of its default account.

An API's id is unique: the call is served in the account and region that own it. Methods with AWS_IAM keep the
caller's account, whose policies decide.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack import app

    handle = app._handle_execute_api_request

    async def handle_execute_api_request(host, path, method, headers, body, query_params, **raw):
        parsed = app._parse_execute_api_url(host, path)
        if parsed is not None:
            enter_owner(*parsed, method)
        return await handle(host, path, method, headers, body, query_params, **raw)

    app._handle_execute_api_request = handle_execute_api_request


def enter_owner(api_id, stage, execute_path, method):
    from ministack import app
    from ministack.core import responses

    rest, http = app._get_module("apigateway_v1"), app._get_module("apigateway")
    scope = owner_of(rest._rest_apis, api_id) or owner_of(http._apis, api_id)
    if scope is None:
        return
    with responses.request_scope(*scope):
        authorization = app._execute_api_authorization_type(api_id, stage, method, execute_path)
    if authorization != "AWS_IAM":
        responses._request_account_id.set(scope[0])
        responses._request_region.set(scope[1])


def owner_of(store, api_id):
    return next(((account, region) for account, region, known in list(store._data) if known == api_id), None)
