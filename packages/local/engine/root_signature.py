"""Gap: the engine takes any twelve-digit access key, `test` or none at all for the account's root, unsigned.

Root is a twelve-digit access key whose SigV4 signature was made with the secret of this start; every other form is
an unknown key. Operations that AWS serves unsigned (Cognito sign-in, public API methods) still are; S3 is not.
"""

import contextvars
import dataclasses

ENGINE_VERSION = "1.5.33"

_pinning = contextvars.ContextVar("granary_pinning", default=False)


def install(launch):
    from ministack.core import iam_evaluator as evaluator
    from ministack.services import sts

    pin = evaluator.pin_signed_request
    resolve = evaluator.resolve_credential
    enforce = evaluator.enforce
    check_credentials = evaluator.check_credentials

    def is_root_access_key(access_key_id):
        # The empty key stays: it is the caller of what is served unsigned, and enforce() refuses it elsewhere.
        return not access_key_id or bool(evaluator._ACCOUNT_ID_RE.fullmatch(access_key_id))

    def is_root_key(access_key_id):
        # While a request is pinned nobody is root, so that root's signature is kept and checked like any other.
        return not _pinning.get() and is_root_access_key(access_key_id)

    def pin_signed_request(*arguments, **options):
        token = _pinning.set(True)
        try:
            pin(*arguments, **options)
        finally:
            _pinning.reset(token)

    def resolve_credential(access_key_id, account_id=None, session_token=evaluator._SESSION_TOKEN_NOT_CHECKED):
        credential = resolve(access_key_id, account_id, session_token)
        if getattr(credential, "principal_type", "") == "Root" and is_root_access_key(access_key_id):
            return dataclasses.replace(credential, secret_access_key=launch.root_secret)
        return credential

    def unproven(access_key_id):
        return bool(access_key_id) and is_root_access_key(access_key_id) and (
            evaluator._verified_key.get() != access_key_id
        )

    def refusal():
        return evaluator.AuthError(
            "UnrecognizedClientException", "The security token included in the request is invalid."
        )

    def enforce_signed(access_key_id, iam_action, service, *arguments, **options):
        verdict = enforce(access_key_id, iam_action, service, *arguments, **options)
        if verdict is None and unproven(access_key_id):
            return refusal()
        if verdict is None and not access_key_id and service == "s3":
            return evaluator.EvalResult("ImplicitDeny", "anonymous", "", "an unsigned request")
        return verdict

    def check_signed(access_key_id, service=None):
        failure = check_credentials(access_key_id, service)
        return failure if failure is not None else refusal() if unproven(access_key_id) else None

    evaluator.is_root_access_key = is_root_access_key
    evaluator._is_root_key = is_root_key
    evaluator.resolve_credential = resolve_credential
    evaluator.enforce = enforce_signed
    evaluator.check_credentials = check_signed
    evaluator.pin_signed_request = pin_signed_request
    # These modules hold their own references.
    sts.is_root_access_key = is_root_access_key
    sts.resolve_credential = resolve_credential
    from ministack import app

    app.pin_signed_request = pin_signed_request
