"""Gap: anybody answers a challenge of a sign-in that was never begun, and so sets any user's password or gets their token.

A challenge (NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, SMS_MFA, MFA_SETUP) is answered with the session that it came
with, for the client and the user that it was asked of, once, within the client's AuthSessionValidity. A new password
has to fit the pool's policy; one that does not may be followed by another.
"""

import json
import time

ENGINE_VERSION = "1.5.33"

BOUND = ("NEW_PASSWORD_REQUIRED", "SOFTWARE_TOKEN_MFA", "SMS_MFA", "MFA_SETUP")
USUAL_MINUTES = 3
_asked = {}


def install(launch):
    from ministack.core.responses import error_response_json
    from ministack.services import cognito

    def person(data, given):
        """Client and user that a call is about, None when there is no such user."""
        client = data.get("ClientId")
        pool, _ = cognito._pool_for_client(client)
        user = cognito._resolve_user(pool, given.get("USERNAME"))[0] if pool else None
        return (pool, client, user["Username"]) if user else None

    def remembering(handler, parameters):
        def handle(data):
            answer = handler(data)
            found = person(data, data.get(parameters) or {})
            said = json.loads(answer[2]) if answer[0] == 200 and found else {}
            if said.get("ChallengeName") in BOUND and said.get("Session"):
                pool, client, user = found
                minutes = pool["_clients"][client].get("AuthSessionValidity") or USUAL_MINUTES
                forget_late()
                _asked[said["Session"]] = (said["ChallengeName"], client, user, time.time() + 60 * minutes)
            return answer

        return handle

    def checking(handler):
        def handle(data):
            challenge, session, given = data.get("ChallengeName"), data.get("Session"), data.get("ChallengeResponses") or {}
            if challenge not in BOUND:
                return handler(data)
            forget_late()
            found = person(data, given)
            if found is None or _asked.get(session, ())[:3] != (challenge, *found[1:]):
                return error_response_json("NotAuthorizedException", "Invalid session for the user.", 400)
            if challenge == "NEW_PASSWORD_REQUIRED":
                weak = cognito._validate_password(found[0], given.get("NEW_PASSWORD") or "")
                if weak:
                    return weak
            answer = handler(data)
            if answer[0] == 200:
                _asked.pop(session, None)
            return answer

        return handle

    for admin in ("", "_admin"):
        begin, respond = f"{admin}_initiate_auth", f"{admin}_respond_to_auth_challenge"
        setattr(cognito, begin, remembering(getattr(cognito, begin), "AuthParameters"))
        # SRP asks its own question first.
        answering = remembering(getattr(cognito, respond), "ChallengeResponses")
        setattr(cognito, respond, checking(answering))


def forget_late():
    now = time.time()
    for session in [each for each, (*_, until) in list(_asked.items()) if until < now]:
        _asked.pop(session, None)
