"""Gap: the ResourcePolicy of an AWS::DynamoDB::Table is dropped, and no table's policy is asked."""

import json

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.core import iam_evaluator, responses
    from ministack.services import dynamodb
    from ministack.services.cloudformation import provisioners

    def table_policy_for_arn(arn):
        parts = str(arn).split(":", 5)
        if len(parts) < 6 or not parts[5].startswith("table/"):
            return None
        # An index and a stream are judged by the policies of those who call, as their table's is not about them.
        name, _, below = parts[5].removeprefix("table/").partition("/")
        with responses.request_scope(parts[4], parts[3]):
            found = None if below else dynamodb._resource_policies.get(":".join([*parts[:5], f"table/{name}"]))
        return (found["Policy"], parts[4]) if found else None

    handlers = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
    create, update = handlers["create"], handlers["update"]

    def keep(made, properties):
        arn = made[1]["Arn"]
        policy = (properties.get("ResourcePolicy") or {}).get("PolicyDocument")
        if policy:
            document = policy if isinstance(policy, str) else json.dumps(policy)
            dynamodb._put_resource_policy({"ResourceArn": arn, "Policy": document})
        else:
            dynamodb._resource_policies.pop(arn, None)
        return made

    handlers["create"] = lambda logical_id, properties, *rest: keep(create(logical_id, properties, *rest), properties)
    handlers["update"] = lambda ref, old, new, *rest: keep(update(ref, old, new, *rest), new)
    iam_evaluator._RESOURCE_POLICY_LOOKUPS["dynamodb"] = ("dynamodb", "table_policy_for_arn")
    dynamodb.table_policy_for_arn = table_policy_for_arn
