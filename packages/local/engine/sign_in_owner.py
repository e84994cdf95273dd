"""Gap: what Cognito serves unsigned (sign-in, tokens) is looked for in the engine's default account only.

The client id, the session or the token names the user pool; the call is served in the account that owns it.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.core import responses
    from ministack.services import cognito

    pin = cognito._pin_unsigned_idp_scope

    def pin_unsigned_idp_scope(data):
        scope = owner_of(cognito, data if isinstance(data, dict) else {})
        if scope is None:
            pin(data)
            return
        responses._request_account_id.set(scope[0])
        responses._request_region.set(scope[1])

    cognito._pin_unsigned_idp_scope = pin_unsigned_idp_scope


def owner_of(cognito, data):
    session = cognito._challenge_sessions.get(data.get("Session") or "") or {}
    named = {data.get("UserPoolId"), session.get("pool_id")}
    for member in ("AccessToken", "RefreshToken", "Token"):
        token = data.get(member)
        if isinstance(token, str) and token:
            named |= {cognito._pool_id_from_token(token), (cognito._refresh_tokens.get(token) or {}).get("pool_id")}
    client_id = data.get("ClientId")
    for (account, region, pool_id), pool in list(cognito._user_pools._data.items()):
        if pool_id in named or (client_id and client_id in pool.get("_clients", {})):
            return account, region
    return None
