"""Gap: the engine has no CodeConnections (formerly CodeStar connections) resource types. Accepted as records."""

import hashlib

from engine_service import EngineService

ENGINE_VERSION = "1.5.33"


def install(launch):
    service = EngineService("codeconnections")
    service.install()
    for type_name, namespace in (
        ("AWS::CodeStarConnections::Connection", "codestar-connections"),
        ("AWS::CodeConnections::Connection", "codeconnections"),
    ):
        service.resource_type(
            type_name,
            lambda generated, properties, namespace=namespace: connection_arn(namespace, generated),
            lambda record: {
                "ConnectionArn": record["ref"], "ConnectionStatus": "PENDING", "OwnerAccountId": account(),
            },
            replaces=("ConnectionName", "HostArn", "ProviderType"),
        )


def account():
    from ministack.core.responses import get_account_id

    return get_account_id()


def connection_arn(namespace, generated):
    from ministack.core.responses import get_region

    digest = hashlib.sha256(generated.encode()).hexdigest()
    uid = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
    return f"arn:aws:{namespace}:{get_region()}:{account()}:connection/{uid}"
