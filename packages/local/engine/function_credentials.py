"""Gap: a function's credentials are hashes of its name and role, so that any function can work out another's.

Mixes a secret of this start into them. The session's place in the store and its shape stay the engine's.
"""

import hashlib
import hmac
import threading

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc, sts

    derive = lambda_runtime.execution_credentials
    key = hashlib.sha256(b"function credentials:" + launch.root_secret.encode()).digest()

    def secret_of(kind, text):
        return hmac.new(key, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()

    # Two processes of one function derive the same session: each takes it out before the other puts it in.
    one_at_a_time = threading.Lock()

    def execution_credentials(config):
        with one_at_a_time:
            derived = derive(config)
            session = sts._sessions.pop(derived["AWS_ACCESS_KEY_ID"])
        seed = derived["AWS_SECRET_ACCESS_KEY"]
        access_key = f"ASIA{secret_of('id', seed)[:16].upper()}"
        secret, token = secret_of("secret", seed), secret_of("token", seed)
        sts.register_session(access_key, {**session, "SecretAccessKey": secret, "SessionToken": token})
        return {"AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token}

    lambda_runtime.execution_credentials = execution_credentials
    lambda_svc.execution_credentials = execution_credentials
