"""Gap: the engine's own operations (reset, configuration, mailboxes) are open to every caller, functions included.

They need the launcher's admin token. Open stay what AWS has open: health, API calls, answers of custom resources.
"""

ENGINE_VERSION = "1.5.33"

CLOSED = ("/_ministack/", "/_localstack/", "/_aws/")
OPEN = (
    "/_ministack/health", "/_localstack/health", "/_ministack/ready",
    "/_ministack/cfn-response/", "/_ministack/cfn-signal/",
    "/_aws/execute-api/",
)


def install(launch):
    def check(scope, headers, is_admin):
        path = scope["path"]
        if is_admin or not path.startswith(CLOSED) or path.startswith(OPEN):
            return None
        return 403, {"message": "the admin token is missing or wrong"}

    launch.intercept(check)
