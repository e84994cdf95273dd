"""Gap: a function's ARN in another account is looked for in the caller's account.

Invoke by ARN runs in the account and region of the ARN. Across accounts both the caller's policy and the function's
resource policy must allow it; a function that is not there counts as one that allows nobody.
"""

import re
from urllib.parse import unquote

ENGINE_VERSION = "1.5.33"

INVOCATION = re.compile(r"^/2015-03-31/functions/(arn:aws:lambda:([a-z0-9-]+):(\d{12}):function:[^/]+)/invocations$")


def install(launch):
    from ministack.core import responses
    from ministack.services import lambda_svc

    policy_for_arn, handle = lambda_svc.function_policy_for_arn, lambda_svc.handle_request

    def function_policy_for_arn(resource_arn):
        parts = resource_arn.split(":")
        if len(parts) < 7 or (parts[4], parts[3]) == (responses.get_account_id(), responses.get_region()):
            return policy_for_arn(resource_arn)
        with responses.request_scope(parts[4], parts[3]):
            return policy_for_arn(resource_arn) or ({"Version": "2012-10-17", "Statement": []}, parts[4])

    async def handle_request(method, path, headers, body, query_params):
        found = INVOCATION.match(unquote(path)) if method == "POST" else None
        if found is not None:
            responses._request_account_id.set(found.group(3))
            responses._request_region.set(found.group(2))
        return await handle(method, path, headers, body, query_params)

    lambda_svc.function_policy_for_arn = function_policy_for_arn
    lambda_svc.handle_request = handle_request
