"""Gap: the engine compares policy variables (${aws:PrincipalTag/TenantId}) as plain text.

Substitutes them in Resource, NotResource and Condition values of policies whose Version is 2012-10-17, as the IAM
user guide describes ("IAM policy elements: variables and tags"): the value of a variable is literal, so a `*` in it
is no wildcard; ${*}, ${?} and ${$} are those characters; ${key, 'text'} has a default. A statement whose variable
has no value and no default matches nothing, or, in a Deny, matches as a value that nothing equals.
"""

import re

ENGINE_VERSION = "1.5.33"

VARIABLE = re.compile(r"\$\{([^${}]*)\}")
DEFAULTED = re.compile(r"^([^,]+?)\s*,\s*'(.*)'$")
# Private-use characters stand for literal wildcards until the pattern is compiled, and for a value that is not there.
STAR, QUESTION, DOLLAR, ABSENT = "\ue000", "\ue001", "\ue002", "\ue003"
LITERAL = str.maketrans({"*": STAR, "?": QUESTION})
PLAIN = str.maketrans({STAR: "*", QUESTION: "?", DOLLAR: "$"})
OLD_VERSION = "2008-10-17"


class Unresolved(Exception):
    """A variable has neither a value nor a default."""


def install(launch):
    from ministack.core import iam_evaluator as evaluator

    conditions_met = evaluator._conditions_met
    parse = evaluator.parse_policy_document
    compile_pattern = evaluator._fnmatch_compile

    def fnmatch_compile(pattern, ignore_case):
        if not any(mark in pattern for mark in (STAR, QUESTION, DOLLAR)):
            return compile_pattern(pattern, ignore_case)
        expression = "".join(
            ".*" if char == "*" else "." if char == "?" else re.escape(char.translate(PLAIN)) for char in pattern
        )
        return re.compile(f"^{expression}$", re.DOTALL | (re.IGNORECASE if ignore_case else 0))

    def parse_policy_document(document):
        statements = parse(document)
        if policy_version(document) == OLD_VERSION:
            for statement in statements:
                statement.resources = [without_variables(each) for each in statement.resources]
                statement.not_resources = [without_variables(each) for each in statement.not_resources]
                statement.conditions = map_values(statement.conditions, lambda operator, each: without_variables(each))
        return statements

    def rendered_conditions_met(conditions, context, absent=None):
        def render_value(operator, value):
            rendered = render(value, context, evaluator._resolve_condition_key, absent)
            wild = "like" in operator.lower() or "arn" in operator.lower()
            return rendered if wild else rendered.translate(PLAIN)

        try:
            rendered = map_values(conditions, render_value)
        except Unresolved:
            return False
        return conditions_met(rendered, context)

    def first_match(context, statements, effect):
        absent = ABSENT if effect == "Deny" else None
        for statement in statements:
            if statement.effect != effect:
                continue
            if not evaluator._action_matches(context.action, statement.actions, statement.not_actions):
                continue
            try:
                resources, others = (
                    [render(each, context, evaluator._resolve_condition_key, absent) for each in listed]
                    for listed in (statement.resources, statement.not_resources)
                )
            except Unresolved:
                continue
            if evaluator._resource_matches(context.resource_arn, resources, others) and rendered_conditions_met(
                statement.conditions, context, absent
            ):
                return statement
        return None

    evaluator._fnmatch_compile = fnmatch_compile
    evaluator.parse_policy_document = parse_policy_document
    evaluator._conditions_met = rendered_conditions_met
    evaluator._first_match = first_match


def policy_version(document):
    import json

    if isinstance(document, str):
        try:
            document = json.loads(document)
        except ValueError:
            return OLD_VERSION
    return document.get("Version", OLD_VERSION) if isinstance(document, dict) else OLD_VERSION


def without_variables(value):
    return value.replace("${", DOLLAR + "{") if isinstance(value, str) else value


def map_values(conditions, change):
    """The condition block with each string value changed; operators and keys stay."""
    if not isinstance(conditions, dict):
        return conditions
    changed = {}
    for operator, keys in conditions.items():
        if not isinstance(keys, dict):
            changed[operator] = keys
            continue
        changed[operator] = {
            key: [change(operator, each) if isinstance(each, str) else each for each in values]
            if isinstance(values, list)
            else change(operator, values) if isinstance(values, str) else values
            for key, values in keys.items()
        }
    return changed


def render(text, context, resolve, absent):
    if "${" not in text:
        return text

    def value_of(match):
        name = match.group(1).strip()
        if name in ("*", "?", "$"):
            return name.translate(LITERAL) if name != "$" else DOLLAR
        defaulted = DEFAULTED.match(name)
        key, default = (defaulted.group(1), defaulted.group(2)) if defaulted else (name, None)
        value = resolve(key, context)
        # A key with several values has no one value to put into a text.
        if value is None or isinstance(value, (list, tuple)):
            value = default if default is not None else absent
        if value is None:
            raise Unresolved(key)
        return str(value).translate(LITERAL)

    return VARIABLE.sub(value_of, text)
