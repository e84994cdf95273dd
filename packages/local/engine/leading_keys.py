"""Gap: the engine does not know the condition key dynamodb:LeadingKeys.

Computes it from the request and the key schema of the table or index, for each table of a batch and each item of a
transaction. The key is absent for Scan, PartiQL and table operations, as on AWS. Where the keys cannot be told with
certainty and a policy of the caller speaks of dynamodb:LeadingKeys, the request is denied.
"""

import contextvars
import json
import re

ENGINE_VERSION = "1.5.33"

CONDITION_KEY = "dynamodb:LeadingKeys"
KEYED_ACTIONS = {
    "GetItem": "Key", "DeleteItem": "Key", "UpdateItem": "Key", "PutItem": "Item",
    "Get": "Key", "Delete": "Key", "Update": "Key", "Put": "Item", "ConditionCheck": "Key",
}
KEYED_OPERATIONS = ("GetItem", "DeleteItem", "UpdateItem", "PutItem")
TOKEN = re.compile(r"\s*([#:]?[A-Za-z_][A-Za-z0-9_.-]*|[#:][A-Za-z0-9_.-]+|<>|<=|>=|[=<>(),])")
LEGACY = ("KeyConditions", "QueryFilter", "ConditionalOperator")

_request = contextvars.ContextVar("granary_dynamodb_request", default=None)


class Ambiguous(Exception):
    """The leading keys of the request cannot be told with certainty."""


class ItemArn(str):
    """The table of one item of a transaction, with that item's partition key."""

    keys = None


def install(launch):
    from ministack.core import iam_actions, iam_evaluator

    service_context = iam_actions.dynamodb_service_context
    extract_action = iam_actions.extract_iam_action
    enforce = iam_evaluator.enforce

    def extract_iam_action(service, method, path, headers, body, query_params):
        action = extract_action(service, method, path, headers, body, query_params)
        if service == "dynamodb":
            _request.set({"operation": (action or ":").split(":", 1)[1], "body": None})
        return action

    def dynamodb_service_context(body):
        pinned = _request.get() or {"operation": ""}
        _request.set({**pinned, "body": parse(body)})
        return service_context(body)

    def dynamodb_transaction_checks(iam_action, body, region, account_id):
        if iam_action not in ("dynamodb:TransactWriteItems", "dynamodb:TransactGetItems"):
            return []
        items = (parse(body) or {}).get("TransactItems")
        checks = []
        for item in items if isinstance(items, list) else []:
            members = item if isinstance(item, dict) else {}
            for member in [each for each in members if each in TRANSACTED] or [None]:
                checks.append(transaction_check(members, member, region, account_id))
        return checks

    def transaction_check(item, member, region, account_id):
        detail = item.get(member)
        table = detail.get("TableName") if isinstance(detail, dict) else None
        named = isinstance(table, str) and table
        arn = ItemArn(iam_actions._dynamodb_table_arn(table, region, account_id) if named else "*")
        arn.keys = lambda: transaction_keys(arn, item, member)
        return TRANSACTED.get(member, "dynamodb:GetItem"), arn

    TRANSACTED = iam_actions._DYNAMODB_TRANSACT_ITEM_ACTIONS

    def enforce_with_keys(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        pinned = _request.get()
        if service != "dynamodb" or pinned is None:
            return enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        try:
            found = resource_arn.keys() if isinstance(resource_arn, ItemArn) else request_keys(
                pinned["operation"], pinned["body"], str(resource_arn)
            )
        except Ambiguous as reason:
            verdict = enforce(access_key_id, iam_action, service, region, str(resource_arn), service_context)
            if verdict is None and depends_on_keys(access_key_id):
                return iam_evaluator.EvalResult("ImplicitDeny", principal(access_key_id).arn, "", str(reason))
            return verdict
        context = dict(service_context or {})
        if found is not None:
            context[CONDITION_KEY] = found
        return enforce(access_key_id, iam_action, service, region, str(resource_arn), context)

    def principal(access_key_id):
        from ministack.core.responses import get_account_id

        return iam_evaluator.resolve_principal(access_key_id or "", get_account_id())

    def depends_on_keys(access_key_id):
        who = principal(access_key_id)
        if getattr(who, "policies", None) is None:
            return False
        return any(
            iam_evaluator._names_condition_key(layer, CONDITION_KEY.lower()) for layer in (who.policies, *who.limits)
        )

    iam_actions.extract_iam_action = extract_iam_action
    iam_actions.dynamodb_service_context = dynamodb_service_context
    iam_actions.dynamodb_transaction_checks = dynamodb_transaction_checks
    iam_evaluator.enforce = enforce_with_keys


def parse(body):
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def request_keys(operation, data, resource_arn):
    """The partition keys that the operation names in the table or index, None when the operation has none."""
    if operation in KEYED_OPERATIONS:
        return [item_key(resource_arn, required(data).get(KEYED_ACTIONS[operation]))]
    if operation == "Query":
        return [query_key(resource_arn, required(data))]
    if operation == "BatchGetItem":
        return [item_key(resource_arn, key) for key in batch_entries(resource_arn, required(data), "Keys")]
    if operation == "BatchWriteItem":
        return [write_key(resource_arn, entry) for entry in batch_entries(resource_arn, required(data), None)]
    if operation in ("TransactGetItems", "TransactWriteItems"):
        raise Ambiguous("the transaction names no table")
    return None


def required(data):
    if data is None:
        raise Ambiguous("the body is not a json object")
    return data


def batch_entries(resource_arn, data, member):
    requested = data.get("RequestItems")
    if not isinstance(requested, dict):
        raise Ambiguous("the batch names no table")
    entries = []
    for table, asked in requested.items():
        if table_of(resource_arn)[2] != (table_of(table)[2] if table.startswith("arn:") else table):
            continue
        if member is not None and not isinstance(asked, dict):
            raise Ambiguous("a batch entry is not an object")
        listed = asked if member is None else asked.get(member)
        if not isinstance(listed, list) or not listed:
            raise Ambiguous("a table of the batch has no entries")
        entries += listed
    if not entries:
        raise Ambiguous("no entry of the batch belongs to the table")
    return entries


def write_key(resource_arn, entry):
    if not isinstance(entry, dict) or len(entry) != 1:
        raise Ambiguous("a batch entry must have one request")
    (kind, request), = entry.items()
    member = {"PutRequest": "Item", "DeleteRequest": "Key"}.get(kind)
    if member is None or not isinstance(request, dict):
        raise Ambiguous(f"a batch entry has the unknown request {kind}")
    return item_key(resource_arn, request.get(member))


def transaction_keys(resource_arn, item, member):
    if len(item) != 1 or not isinstance(item.get(member), dict):
        raise Ambiguous("a transaction item must have one request")
    return [item_key(str(resource_arn), item[member].get(KEYED_ACTIONS[member]))]


def item_key(resource_arn, attributes):
    name = partition_key_name(resource_arn)
    if not isinstance(attributes, dict) or name not in attributes:
        raise Ambiguous(f"the partition key {name} is missing")
    return key_text(attributes[name])


def key_text(value):
    if not isinstance(value, dict) or len(value) != 1:
        raise Ambiguous("a key must have one typed value")
    (kind, text), = value.items()
    if kind not in ("S", "N", "B") or not isinstance(text, str):
        raise Ambiguous(f"a key cannot have the type {kind}")
    return text


def table_of(arn):
    """(account, region, table, index or None) of a table or index ARN."""
    parts = arn.split(":", 5)
    if len(parts) != 6 or not parts[5].startswith("table/"):
        raise Ambiguous(f"{arn} is not a table")
    resource = parts[5].split("/")
    return parts[4], parts[3], resource[1], resource[3] if len(resource) == 4 and resource[2] == "index" else None


def partition_key_name(resource_arn):
    from ministack.services import dynamodb

    account, region, name, index = table_of(resource_arn)
    table = dynamodb._tables.get_scoped(account, region, name)
    if table is None:
        raise Ambiguous(f"the table {name} is unknown")
    schema = table.get("KeySchema")
    if index is not None:
        indexes = (table.get("GlobalSecondaryIndexes") or []) + (table.get("LocalSecondaryIndexes") or [])
        schema = next((each["KeySchema"] for each in indexes if each.get("IndexName") == index), None)
    hashes = [each["AttributeName"] for each in schema or [] if each.get("KeyType") == "HASH"]
    if len(hashes) != 1:
        raise Ambiguous(f"the key schema of {name} has not one partition key")
    return hashes[0]


def query_key(resource_arn, data):
    name = partition_key_name(resource_arn)
    expression = data.get("KeyConditionExpression")
    legacy = [member for member in LEGACY if data.get(member) is not None]
    if expression is not None:
        if legacy:
            raise Ambiguous(f"the query mixes KeyConditionExpression with {legacy[0]}")
        return expression_key(name, expression, data)
    condition = (data.get("KeyConditions") or {}).get(name) if isinstance(data.get("KeyConditions"), dict) else None
    if not isinstance(condition, dict) or condition.get("ComparisonOperator") != "EQ":
        raise Ambiguous(f"the query has no equality of {name}")
    values = condition.get("AttributeValueList")
    if not isinstance(values, list) or len(values) != 1:
        raise Ambiguous(f"the equality of {name} must have one value")
    return key_text(values[0])


def expression_key(name, expression, data):
    """The value of the one equality of the partition key in a KeyConditionExpression."""
    names = data.get("ExpressionAttributeNames") or {}
    values = data.get("ExpressionAttributeValues") or {}
    tokens = tokenize(expression)
    if any(token.upper() in ("OR", "NOT") for token in tokens):
        raise Ambiguous("a key condition joins with AND only")
    found = [
        tokens[at + 2] for at in range(len(tokens) - 2)
        if tokens[at + 1] == "=" and names.get(tokens[at], tokens[at]) == name
    ]
    mentions = sum(1 for token in tokens if names.get(token, token) == name)
    if len(found) != 1 or mentions != 1 or found[0] not in values:
        raise Ambiguous(f"the key condition has not exactly one equality of {name}")
    return key_text(values[found[0]])


def tokenize(expression):
    if not isinstance(expression, str):
        raise Ambiguous("the key condition is not text")
    tokens, at, end = [], 0, len(expression.rstrip())
    while at < end:
        match = TOKEN.match(expression, at)
        if match is None:
            raise Ambiguous(f"the key condition cannot be read at {at}")
        tokens.append(match.group(1))
        at = match.end()
    return tokens
