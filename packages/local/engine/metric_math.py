"""CloudWatch's metric math for one period: arithmetic, comparisons, AND, OR, IF, FILL, MIN, MAX, SUM, AVG, ABS, CEIL,
FLOOR over the values of other queries."""

import ast
import math
import operator
import re


class MathError(Exception):
    """An expression that is not evaluated here."""


OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}
AGGREGATES = {"MIN": min, "MAX": max, "SUM": sum, "AVG": lambda values: sum(values) / len(values)}
ROUNDINGS = {"ABS": abs, "CEIL": math.ceil, "FLOOR": math.floor}


def evaluate_expression(name, values, expressions):
    """The value of query ``name``; None where there is none. ``values`` are those of metrics, by id."""
    if name in values:
        return values[name]
    if name not in expressions:
        raise MathError(f"no query has the id {name!r}")
    rest = {key: text for key, text in expressions.items() if key != name}
    text = re.sub(r"\bOR\b|\|\|", " or ", re.sub(r"\bAND\b|&&", " and ", expressions[name]))
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
    except SyntaxError as error:
        raise MathError(f"expression {expressions[name]!r} cannot be read") from error
    try:
        return value_of(tree, lambda each: evaluate_expression(each, values, rest))
    except ZeroDivisionError:
        return None


def value_of(node, look_up):
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    if isinstance(node, ast.Name):
        return look_up(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = value_of(node.operand, look_up)
        return None if value is None else -value
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return combined(OPERATORS[type(node.op)], value_of(node.left, look_up), value_of(node.right, look_up))
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OPERATORS:
        found = combined(OPERATORS[type(node.ops[0])], value_of(node.left, look_up),
                         value_of(node.comparators[0], look_up))
        return None if found is None else int(found)
    if isinstance(node, ast.BoolOp):
        found = [value_of(each, look_up) for each in node.values]
        if None in found:
            return None
        return int(all(found) if isinstance(node.op, ast.And) else any(found))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return called(node.func.id.upper(), node.args, look_up)
    raise MathError(f"{ast.unparse(node)!r} is not evaluated here")


def combined(operation, left, right):
    return None if left is None or right is None else operation(left, right)


def called(name, arguments, look_up):
    if name == "IF" and len(arguments) in (2, 3):
        condition = value_of(arguments[0], look_up)
        if condition is None:
            return None
        chosen = arguments[1:2] if condition else arguments[2:3]
        return value_of(chosen[0], look_up) if chosen else None
    if name == "FILL" and len(arguments) == 2:
        value = value_of(arguments[0], look_up)
        if value is not None:
            return value
        if isinstance(arguments[1], ast.Name) and arguments[1].id.upper() in ("REPEAT", "LINEAR"):
            return None
        return value_of(arguments[1], look_up)
    if name in AGGREGATES:
        listed = arguments[0].elts if len(arguments) == 1 and isinstance(arguments[0], ast.List) else arguments
        found = [value for value in (value_of(each, look_up) for each in listed) if value is not None]
        return AGGREGATES[name](found) if found else None
    if name in ROUNDINGS and len(arguments) == 1:
        value = value_of(arguments[0], look_up)
        return None if value is None else ROUNDINGS[name](value)
    raise MathError(f"function {name} is not evaluated here")
