"""Gap: the code that sets a forgotten password is the same for everybody, and may be guessed as often as one likes.

A code is drawn when it is mailed; five wrong ones void it, and another has to be asked for.
"""

import secrets

ENGINE_VERSION = "1.5.33"

TRIES = 5


def install(launch):
    from ministack.services import cognito

    send, check = cognito._send_verification_email, cognito._confirmation_code_error

    def send_drawn(pool, username, attr_dict, code, attribute_name="email"):
        user = cognito._resolve_user(pool, username)[0]
        if attribute_name == "password" and user:
            code = f"{secrets.randbelow(1_000_000):06d}"
            user["_reset_code"], user["_reset_tries"] = code, TRIES
        return send(pool, username, attr_dict, code, attribute_name=attribute_name)

    def check_counted(action, data):
        error = check(action, data)
        pool, _ = cognito._pool_for_client(data.get("ClientId"))
        user = cognito._resolve_user(pool, data.get("Username"))[0] if pool else None
        if error and user and action == "ConfirmForgotPassword":
            user["_reset_tries"] = user.get("_reset_tries", TRIES) - 1
            if user["_reset_tries"] <= 0:
                user.pop("_reset_code", None)
        return error

    cognito._send_verification_email, cognito._confirmation_code_error = send_drawn, check_counted
