"""Gap: the engine has no resource type AWS::IAM::OIDCProvider, though IAM's own operations know such providers.

Ref and Arn give the provider's ARN; a new Url is a new provider. Source: CloudFormation's reference of the type.
"""

import copy

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services.cloudformation import provisioners

    provisioners._RESOURCE_HANDLERS["AWS::IAM::OIDCProvider"] = {
        "create": create,
        "update": update,
        "update_with_logical_id": True,
        "delete": delete,
    }


def arn_of(properties):
    from ministack.core.responses import get_account_id

    return f"arn:aws:iam::{get_account_id()}:oidc-provider/{properties['Url'].split('://', 1)[-1]}"


def create(logical_id, properties, stack_name):
    from ministack.services import iam

    arn = arn_of(properties)
    if arn in iam._oidc_providers:
        raise ValueError(f"EntityAlreadyExists: an OIDC provider with url {properties['Url']} already exists")
    return store(iam, arn, properties)


def update(ref, old, new, stack_name, logical_id):
    from ministack.services import iam

    if arn_of(new) == ref:
        return store(iam, ref, new)
    created = create(logical_id, new, stack_name)
    delete(ref, old)
    return created


def store(iam, arn, properties):
    iam._oidc_providers[arn] = {
        "Url": properties["Url"],
        "ClientIDList": list(properties.get("ClientIdList") or []),
        "ThumbprintList": list(properties.get("ThumbprintList") or []),
        "Arn": arn,
        "CreateDate": (iam._oidc_providers.get(arn) or {}).get("CreateDate") or iam._now(),
        "Tags": copy.deepcopy(properties.get("Tags") or []),
    }
    return arn, {"Arn": arn}


def delete(ref, properties):
    from ministack.services import iam

    iam._oidc_providers.pop(ref, None)
