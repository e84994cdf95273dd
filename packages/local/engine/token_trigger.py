"""Gap: a sign-in goes on, with a token as if there were no trigger, when the trigger before token generation fails.

On AWS the sign-in fails with UserLambdaValidationException. Source: the Cognito developer guide, "Customizing user
pool workflows with Lambda triggers".
"""

import os

ENGINE_VERSION = "1.5.33"


class TriggerFailure(Exception):
    """The function failed or cannot be found."""


def install(launch):
    from ministack.core.responses import error_response_json
    from ministack.services import cognito

    # The engine's own switch: failures are raised.
    os.environ["MINISTACK_COGNITO_PRETOKEN_STRICT"] = "1"
    apply, dispatch = cognito._apply_pretoken_trigger, cognito._dispatch_idp

    def apply_or_fail(**arguments):
        try:
            return apply(**arguments)
        except Exception as error:
            raise TriggerFailure from error

    async def dispatch_or_refuse(action, data):
        try:
            return await dispatch(action, data)
        except TriggerFailure:
            # Without the function's own words: they may hold what a user must not see.
            return error_response_json("UserLambdaValidationException", "PreTokenGeneration failed.", 400)

    cognito._apply_pretoken_trigger = apply_or_fail
    cognito._dispatch_idp = dispatch_or_refuse
