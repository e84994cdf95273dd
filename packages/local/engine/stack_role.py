"""Gap: CloudFormation takes any RoleARN, of a role that is not there or that the caller may not pass.

The caller needs iam:PassRole on it, and its trust policy must admit cloudformation.amazonaws.com. The engine makes
the resources with rights of its own: what the role may do is not checked here, only on AWS.
"""

from urllib.parse import parse_qs

from service_session import trusts

ENGINE_VERSION = "1.5.33"

SERVICE = "cloudformation.amazonaws.com"
ACTIONS = {"CreateStack", "UpdateStack", "DeleteStack", "CreateChangeSet", "RollbackStack", "ContinueUpdateRollback"}


def install(launch):
    from ministack.services import cloudformation

    handle = cloudformation.handle_request

    async def handle_request(method, path, headers, body, query_params):
        parameters = {**query_params, **parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)}
        action, role_arn = first(parameters, "Action"), first(parameters, "RoleARN")
        if action in ACTIONS and role_arn:
            refused = refusal(headers, query_params, role_arn)
            if refused:
                return refused
        return await handle(method, path, headers, body, query_params)

    cloudformation.handle_request = handle_request


def first(parameters, name):
    values = parameters.get(name) or [""]
    return values[0] if isinstance(values, list) else values


def refusal(headers, query_params, role_arn):
    from ministack.core import iam_evaluator
    from ministack.core.responses import get_region
    from ministack.core.router import extract_access_key_id
    from ministack.services import iam
    from ministack.services.cloudformation.helpers import _error

    access_key = extract_access_key_id(headers, query_params)
    denied = iam_evaluator.enforce(
        access_key, "iam:PassRole", "iam", get_region(), resource_arn=role_arn,
        service_context={"iam:PassedToService": SERVICE},
    )
    if denied:
        who = getattr(denied, "principal_arn", "")
        return _error("AccessDenied", f"User: {who} is not authorized to perform: iam:PassRole on resource: {role_arn}",
                      403)
    parts = role_arn.split(":")
    account = parts[4] if len(parts) > 5 else ""
    role = iam._roles.get_scoped(account, None, role_arn.rsplit("/", 1)[-1])
    if role is None or not trusts(role, role_arn, account, SERVICE):
        return _error("ValidationError", f"Role {role_arn} is invalid or cannot be assumed", 400)
    return None
