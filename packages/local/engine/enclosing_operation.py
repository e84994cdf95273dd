"""Gap: dynamodb:EnclosingOperation is a list, and the text of a list is compared with the name of an operation.

So StringNotEquals held for every transaction, and a policy that asks for one denied them all. On AWS the key has one
value. Source: actions, resources and condition keys for Amazon DynamoDB (dynamodb:EnclosingOperation, String).
"""

ENGINE_VERSION = "1.5.33"

CONDITION_KEY = "dynamodb:enclosingoperation"


def install(launch):
    from ministack.core import iam_evaluator as evaluator

    resolve = evaluator._resolve_condition_key

    def resolve_condition_key(key, context):
        value = resolve(key, context)
        return value[0] if key.lower() == CONDITION_KEY and isinstance(value, list) else value

    evaluator._resolve_condition_key = resolve_condition_key
