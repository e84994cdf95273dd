"""Gap: the engine does not know the condition key iam:PermissionsBoundary, and its stacks make roles without theirs.

On AWS, a call that changes a role's policies or its boundary carries the ARN of the role's boundary; a call that sets
one carries the one that it sets. The key is absent for a role without a boundary, as on AWS.
"""

ENGINE_VERSION = "1.5.33"

CONDITION_KEY = "iam:PermissionsBoundary"
OF_THE_ROLE = {
    "iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
    "iam:PutRolePolicy",
}


def install(launch):
    from ministack.core import iam_evaluator
    from ministack.services import iam

    enforce = iam_evaluator.enforce

    def enforce_with_boundary(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        if iam_action in OF_THE_ROLE:
            boundary = boundary_of(iam, resource_arn)
            if boundary:
                service_context = {**(service_context or {}), CONDITION_KEY: boundary}
        return enforce(access_key_id, iam_action, service, region, resource_arn, service_context)

    iam_evaluator.enforce = enforce_with_boundary
    bind_roles_of_stacks(iam)


def boundary_of(iam, role_arn):
    parts = role_arn.split(":", 5)
    if len(parts) < 6 or not parts[5].startswith("role/"):
        return None
    role = iam._roles.get_scoped(parts[4], None, parts[5].rsplit("/", 1)[-1])
    return (role or {}).get("PermissionsBoundary")


def bind_roles_of_stacks(iam):
    from ministack.services.cloudformation import provisioners

    handlers = provisioners._RESOURCE_HANDLERS["AWS::IAM::Role"]
    create, update = handlers["create"], handlers["update"]

    def bound(made, properties):
        role = iam._roles.get(made[0])
        if role is not None:
            role["PermissionsBoundary"] = properties.get("PermissionsBoundary")
        return made

    handlers["create"] = lambda logical_id, properties, stack_name: bound(
        create(logical_id, properties, stack_name), properties
    )
    handlers["update"] = lambda ref, old, new, *rest: bound(update(ref, old, new, *rest), new)
