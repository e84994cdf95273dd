"""Gap: the engine looks for the tables of a DynamoDB request by whichever member it finds first.

A batch that also has a TableName was authorized on that table and not on those of its RequestItems; a PutItem that
also has an IndexName was authorized on the index, by the index's key. The operation says which members count, as on
AWS, where a service ignores the members that an operation does not have.
"""

import contextvars
import json

ENGINE_VERSION = "1.5.33"

BATCHES = ("BatchGetItem", "BatchWriteItem")
READS_INDEXES = ("Query", "Scan")

_operation = contextvars.ContextVar("granary_dynamodb_operation", default=None)


def install(launch):
    from ministack.core import iam_actions

    extract_action = iam_actions.extract_iam_action
    resource_arns = iam_actions.dynamodb_resource_arns

    def extract_iam_action(service, method, path, headers, body, query_params):
        action = extract_action(service, method, path, headers, body, query_params)
        _operation.set((action or ":").split(":", 1)[1] if service == "dynamodb" else None)
        return action

    def dynamodb_resource_arns(body, region, account_id):
        operation = _operation.get()
        return resource_arns(body if operation is None else relevant(operation, body), region, account_id)

    iam_actions.extract_iam_action = extract_iam_action
    iam_actions.dynamodb_resource_arns = dynamodb_resource_arns


def relevant(operation, body):
    """The body without the members that could name a table or an index but that the operation does not have."""
    try:
        data = json.loads(body or b"{}")
    except (ValueError, TypeError):
        return body
    if not isinstance(data, dict):
        return body
    foreign = {"TableName"} if operation in BATCHES else {"RequestItems"}
    if operation not in READS_INDEXES:
        foreign.add("IndexName")
    return json.dumps({name: value for name, value in data.items() if name not in foreign}).encode()
