"""Gap: nothing acts as an AWS service here. CodePipeline and CodeBuild run outside the engine, in the pipeline runner.

POST /_granary/service-session {"service", "roleArn", "sessionName"} gives a session of a role whose trust policy
admits that service principal, as AWS does when the service assumes the role.
"""

import secrets
import time

from launcher_errors import RequestError

ENGINE_VERSION = "1.5.33"
SESSION_SECONDS = 3600


def install(launch):
    launch.route("/_granary/service-session", open_session)


def open_session(request):
    from ministack.services import iam, sts

    service, role_arn, name = (text(request, member) for member in ("service", "roleArn", "sessionName"))
    assumed_arn, invalid = sts._assumed_role_arn(role_arn, name)
    if invalid:
        raise RequestError(400, f"roleArn is not the arn of a role: {role_arn!r}")
    account, role_name = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1]
    role = iam._roles.get_scoped(account, None, role_name)
    if role is None or not trusts(role, role_arn, account, service):
        raise RequestError(403, f"{service} is not trusted by {role_arn}: no such role, or its trust policy forbids it")
    # Twenty characters as AWS's, from a source that cannot be guessed.
    access_key = "ASIA" + secrets.token_hex(8).upper()
    secret, token = secrets.token_urlsafe(30), secrets.token_urlsafe(96)
    expiration = time.time() + SESSION_SECONDS
    sts.register_session(access_key, {
        "Arn": assumed_arn,
        "UserId": f"{sts._role_id(role_arn)}:{name}",
        "SecretAccessKey": secret,
        "SessionToken": token,
        "Expiration": expiration,
        "AccountId": account,
        "PrincipalType": "AssumedRole",
        "SessionTags": [],
        "SessionPolicies": None,
    })
    return {"accessKeyId": access_key, "secretAccessKey": secret, "sessionToken": token,
            "expiration": int(expiration), "assumedRoleArn": assumed_arn}


def text(request, member):
    value = request.get(member) if isinstance(request, dict) else None
    if not isinstance(value, str) or not value:
        raise RequestError(400, f"{member} must be text, is {value!r}")
    return value


def trusts(role, role_arn, account, service):
    """Whether the role's trust policy lets the service principal assume it; a matching Deny wins."""
    import json

    from ministack.core import iam_evaluator as evaluator

    document = role.get("AssumeRolePolicyDocument", "{}")
    document = json.loads(document) if isinstance(document, str) else document
    statements = document.get("Statement", [])
    context = evaluator.EvalContext(
        principal_arn=service, principal_type="Service", principal_account=account, action="sts:AssumeRole",
        resource_arn=role_arn, region="us-east-1", secure_transport=True,
        service_context={"aws:sourceaccount": account, "aws:principalisawsservice": "true"},
    )
    allowed = False
    for statement in [statements] if isinstance(statements, dict) else statements:
        actions, others = as_list(statement.get("Action")), as_list(statement.get("NotAction"))
        if not (actions or others) or not evaluator._action_matches("sts:AssumeRole", actions, others):
            continue
        principal = statement.get("Principal", {})
        named = as_list(principal.get("Service")) if isinstance(principal, dict) else []
        if principal != "*" and service not in named:
            continue
        if not evaluator._conditions_met(statement.get("Condition", {}), context):
            continue
        if statement.get("Effect") == "Deny":
            return False
        allowed = statement.get("Effect") == "Allow" or allowed
    return allowed


def as_list(value):
    return [] if value is None else [value] if isinstance(value, str) else list(value)
