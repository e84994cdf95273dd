"""Gap: AssumeRoleWithWebIdentity believes any token, unverified, and ignores its session tags and the session policy.

Verifies the signature, the issuer, the audience and the times of a token of a user pool of this cloud, against the
account's OIDC provider; takes the session's tags from the claim https://aws.amazon.com/tags, nested or flat; asks the
role's trust policy for sts:AssumeRoleWithWebIdentity and, with tags, for sts:TagSession; records the tags and the
inline policy with the session. A token of any other issuer is refused: its keys are not of this cloud.
Source: the STS API reference, AssumeRoleWithWebIdentity, and the IAM user guide, "Pass session tags in AWS STS".
"""

import re
import time

ENGINE_VERSION = "1.5.33"

ACTION = "AssumeRoleWithWebIdentity"
TAGS = "https://aws.amazon.com/tags"
TAG_TEXT = re.compile(r"[\w\s.:/=+\-@]*", re.UNICODE)
ISSUER = re.compile(r"https://cognito-idp\.[a-z0-9-]+\.amazonaws\.com/([\w-]+_[A-Za-z0-9]+)")


class Refusal(Exception):
    """An answer in the words of STS: code, message, HTTP status."""

    def __init__(self, code, message, status=400):
        super().__init__(message)
        self.code = code
        self.status = status


def install(launch):
    from ministack.core import iam_evaluator as evaluator
    from ministack.services import sts

    handle = sts.handle_request
    matches = evaluator._trust_principal_matches

    def trust_principal_matches(principal, caller_arn, federated):
        # A provider is a provider for sts:TagSession too.
        return matches(principal, caller_arn, federated or ":oidc-provider/" in caller_arn)

    async def handle_request(method, path, headers, body, query_params):
        parameters = request_parameters(headers, body, query_params)
        if parameters.get("Action") != ACTION:
            return await handle(method, path, headers, body, query_params)
        try:
            return answer(sts, *assume(sts, parameters))
        except Refusal as refusal:
            return sts._error(refusal.status, refusal.code, str(refusal), ns="sts")

    evaluator._trust_principal_matches = trust_principal_matches
    sts.handle_request = handle_request


def request_parameters(headers, body, query_params):
    """The parameters of a query request; of the JSON protocol, which no SDK speaks to STS, the action is refused."""
    from urllib.parse import parse_qsl

    target = headers.get("x-amz-target", "")
    if target.endswith("." + ACTION):
        return {"Action": ACTION}
    parameters = {key: value[0] if isinstance(value, list) else value for key, value in dict(query_params).items()}
    if body and "json" not in headers.get("content-type", ""):
        parameters.update(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))
    return parameters


def assume(sts, parameters):
    role_arn, name = parameters.get("RoleArn", ""), parameters.get("RoleSessionName", "")
    if not re.fullmatch(r"[\w+=,.@-]{2,64}", name, re.ASCII):
        raise Refusal("ValidationError", "RoleSessionName: 2 to 64 letters, digits and +=,.@_-")
    assumed_arn, invalid = sts._assumed_role_arn(role_arn, name)
    if invalid:
        raise Refusal("ValidationError", "Invalid RoleArn")
    account = role_arn.split(":")[4]
    policies, invalid = sts._session_policies({key: [value] for key, value in parameters.items()}, account)
    if invalid:
        raise Refusal("MalformedPolicyDocument", "the session policy is malformed or too long")
    claims, provider = identified(account, parameters.get("WebIdentityToken", ""))
    tags = session_tags(claims)
    role = trusted_role(account, role_arn, provider, claims, tags)
    duration = session_seconds(parameters, role)
    session = {
        "AccessKeyId": sts._gen_session_access_key(),
        "SecretAccessKey": sts._gen_secret(),
        "SessionToken": sts._gen_session_token(),
    }
    role_id = sts._role_id(role_arn)
    sts.register_session(session["AccessKeyId"], {
        "Arn": assumed_arn,
        "UserId": f"{role_id}:{name}",
        "SecretAccessKey": session["SecretAccessKey"],
        "SessionToken": session["SessionToken"],
        "Expiration": time.time() + duration,
        "AccountId": account,
        "PrincipalType": "AssumedRole",
        "SessionTags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "SessionPolicies": policies if any(policies.values()) else None,
    })
    session["Expiration"] = sts._future(duration)
    return session, {"AssumedRoleId": f"{role_id}:{name}", "Arn": assumed_arn}, claims, provider


def identified(account, token):
    """The verified claims of a token, and the ARN of the account's provider for its issuer."""
    from ministack.services import cognito, iam

    if not 4 <= len(token) <= 20_000 or token.count(".") != 2:
        raise Refusal("InvalidIdentityToken", "The ID Token provided is not a valid JWT")
    claims = cognito._token_claims(token)
    issuer = ISSUER.fullmatch(str(claims.get("iss", "")))
    provider = f"arn:aws:iam::{account}:oidc-provider/{str(claims.get('iss', '')).split('://', 1)[-1]}"
    known = iam._oidc_providers.get_scoped(account, None, provider)
    if issuer is None or known is None or cognito._get_pool_unscoped(issuer.group(1)) is None:
        raise Refusal("InvalidIdentityToken", "No OpenIDConnect provider found in your account for the token's issuer")
    if not cognito._signature_valid(token):
        raise Refusal("InvalidIdentityToken", "Couldn't verify the token's signature")
    if claims.get("aud") not in known["ClientIDList"]:
        raise Refusal("InvalidIdentityToken", "Incorrect token audience")
    if not isinstance(claims.get("exp"), (int, float)) or claims["exp"] <= time.time():
        raise Refusal("ExpiredTokenException", "Token expired")
    return claims, provider


def session_tags(claims):
    nested = claims.get(TAGS)
    if nested is None:
        prefix = f"{TAGS}/principal_tags/"
        given = {key[len(prefix):]: value for key, value in claims.items() if key.startswith(prefix)}
    else:
        given = nested.get("principal_tags", {}) if isinstance(nested, dict) else None
    if not isinstance(given, dict):
        raise Refusal("InvalidIdentityToken", "Session tags passed in the token are not in the correct format")
    tags = {}
    for key, value in given.items():
        value = value[0] if isinstance(value, list) and len(value) == 1 else value
        texts = isinstance(value, str) and TAG_TEXT.fullmatch(key) and TAG_TEXT.fullmatch(value)
        if not texts or not 1 <= len(key) <= 128 or len(value) > 256:
            raise Refusal("InvalidIdentityToken", "Session tags passed in the token are not in the correct format")
        tags[key] = value
    if len({key.lower() for key in tags}) < len(tags) or len(tags) > 50:
        raise Refusal("InvalidIdentityToken", "Session tags passed in the token are repeated or too many")
    return tags


def trusted_role(account, role_arn, provider, claims, tags):
    from ministack.core.iam_evaluator import EvalContext, evaluate_trust_policy
    from ministack.core.responses import get_region
    from ministack.services import iam

    role = iam._roles.get_scoped(account, None, role_arn.rsplit("/", 1)[-1])
    host = provider.split(":oidc-provider/", 1)[1]
    keys = {f"{host}:{name}".lower(): claims[name] for name in ("aud", "sub", "amr") if name in claims}
    for action in ("sts:" + ACTION, *(["sts:TagSession"] if tags else [])):
        context = EvalContext(
            principal_arn=provider, principal_type="WebIdentityUser", principal_account=account, action=action,
            resource_arn=role_arn, region=get_region(), service_context=keys, request_tags=tags, tag_keys=list(tags),
        )
        if role is None or not evaluate_trust_policy(role.get("AssumeRolePolicyDocument", "{}"), provider, context):
            raise Refusal("AccessDenied", f"Not authorized to perform {action}", 403)
    return role


def session_seconds(parameters, role):
    given = parameters.get("DurationSeconds") or "3600"
    longest = int(role.get("MaxSessionDuration") or 3600)
    if not given.isdecimal() or not 900 <= int(given) <= longest:
        raise Refusal("ValidationError", f"DurationSeconds: 900 to the role's maximum of {longest}")
    return int(given)


def answer(sts, session, assumed, claims, provider):
    from xml.sax.saxutils import escape

    def element(name, value):
        return f"<{name}>{escape(str(value))}</{name}>"

    credentials = "".join(element(name, value) for name, value in session.items())
    user = "".join(element(name, value) for name, value in assumed.items())
    result = (
        f"<Credentials>{credentials}</Credentials><AssumedRoleUser>{user}</AssumedRoleUser>"
        + element("SubjectFromWebIdentityToken", claims.get("sub", ""))
        + element("Audience", claims["aud"])
        + element("Provider", provider)
        + element("PackedPolicySize", 0)
    )
    return sts._xml(200, f"{ACTION}Response", f"<{ACTION}Result>{result}</{ACTION}Result>", ns="sts")
