"""Gap: a user of a pool can write any attribute of himself, and sign up where only administrators create users.

A client's WriteAttributes bound SignUp and UpdateUserAttributes; without the list a client writes the standard
attributes and the custom ones, as on AWS. AdminCreateUserConfig.AllowAdminCreateUserOnly refuses SignUp.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.core.responses import error_response_json
    from ministack.services import cognito

    sign_up, update = cognito._sign_up, cognito._update_user_attributes

    def unwritable(client, attributes):
        allowed = (client or {}).get("WriteAttributes") or []
        return [each.get("Name") for each in attributes or [] if allowed and each.get("Name") not in allowed]

    def refusal():
        return error_response_json(
            "NotAuthorizedException", "A client attempted to write unauthorized attribute", 400
        )

    def sign_up_within_limits(data):
        pool, _ = cognito._pool_for_client(data.get("ClientId"))
        if pool is not None:
            if (pool.get("AdminCreateUserConfig") or {}).get("AllowAdminCreateUserOnly") in (True, "true"):
                return error_response_json(
                    "NotAuthorizedException", "SignUp is not permitted for this user pool", 400
                )
            if unwritable(pool["_clients"][data["ClientId"]], data.get("UserAttributes")):
                return refusal()
        return sign_up(data)

    def update_within_limits(data):
        _, pool = cognito._user_pool_for_access_token(data.get("AccessToken", ""))
        if pool is not None:
            claims = cognito._decode_id_token_unverified(data["AccessToken"])
            if unwritable(pool["_clients"].get(claims.get("client_id")), data.get("UserAttributes")):
                return refusal()
        return update(data)

    cognito._sign_up = sign_up_within_limits
    cognito._update_user_attributes = update_within_limits
