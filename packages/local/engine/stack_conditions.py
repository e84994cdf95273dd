"""Gap: a change set takes a resource for there, whatever its condition says; a condition knows no pseudo parameter.

A change set compares the resources whose conditions hold now with those whose conditions will: a parameter that turns
a condition adds or removes a resource. Without that it finds no changes, and what executes change sets (the
pipeline, the deployer) never updates the stack. And {"Ref": "AWS::Region"} in a condition was the text AWS::Region.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services.cloudformation import changesets, engine, handlers, stacks

    evaluate = engine._evaluate_conditions

    def evaluate_with_pseudo_parameters(template, params):
        return evaluate(template, {**pseudo_parameters(), **params})

    for module in (changesets, engine, handlers, stacks):
        module._evaluate_conditions = evaluate_with_pseudo_parameters

    resolve = changesets._resolve_props_for_diff

    def resolve_what_is_there(template, params, stack_name, stack_id):
        resolved = resolve(template, params, stack_name, stack_id)
        if not resolved:
            return resolved
        conditions = evaluate_with_pseudo_parameters(template, params)
        return {"Resources": {
            logical_id: resource for logical_id, resource in resolved["Resources"].items()
            if conditions.get(resource.get("Condition"), True)
        }}

    changesets._resolve_props_for_diff = resolve_what_is_there


def pseudo_parameters():
    from ministack.core.responses import get_account_id, get_region

    values = {
        "AWS::AccountId": get_account_id(),
        "AWS::Partition": "aws",
        "AWS::Region": get_region(),
        "AWS::URLSuffix": "amazonaws.com",
    }
    return {name: {"Value": value} for name, value in values.items()}
