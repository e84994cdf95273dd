"""Gap: aws:PrincipalArn of an assumed role is the ARN of its session, so a condition that names the role is never met.

On AWS the key holds the role's own ARN, with its path. Source: AWS global condition context keys, aws:PrincipalArn
("for assumed roles, the request context returns the ARN of the role, not the ARN of the user that assumed the role").
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.core import iam_evaluator as evaluator

    resolve = evaluator._resolve_condition_key

    def resolve_condition_key(key, context):
        if key.lower() == "aws:principalarn":
            return role_arn(context.principal_arn) or context.principal_arn
        return resolve(key, context)

    evaluator._resolve_condition_key = resolve_condition_key


def role_arn(session_arn):
    """The ARN of the role behind a session's ARN, None for any other principal."""
    from ministack.services import iam

    head, _, session = (session_arn or "").partition(":assumed-role/")
    if not session:
        return None
    account, name = head.split(":")[4], session.split("/")[0]
    role = iam._roles.get_scoped(account, None, name) or {}
    return role.get("Arn") or f"arn:aws:iam::{account}:role/{name}"
