"""Faults on purpose, for rehearsals: nothing here happens unless POST /_granary/faults has asked for it.

{"faults": [...]} takes the place of what was asked for before; the answer says what of that was still to come. A
fault is an error that CloudFormation answers, so many times, in one account or in all, or a stack that is left in a
status. What was left so is put back when other faults, or none, are asked for.
"""

from launcher_errors import RequestError

ENGINE_VERSION = "1.5.33"

MOST = 20
_errors = []
_stuck = []


def install(launch):
    from ministack.core.responses import get_account_id
    from ministack.services.cloudformation.handlers import _ACTION_HANDLERS
    from ministack.services.cloudformation.helpers import _error

    def failing(action, handler):
        def handle(params):
            fault = due(action, get_account_id())
            if fault is None:
                return handler(params)
            fault["times"] -= 1
            return _error(fault["code"], fault["message"], fault["status"])

        return handle

    for action in list(_ACTION_HANDLERS):
        _ACTION_HANDLERS[action] = failing(action, _ACTION_HANDLERS[action])
    launch.route("/_granary/faults", replace)


def due(action, account):
    for fault in _errors:
        if fault["action"] == action and fault["times"] > 0 and fault["account"] in (None, account):
            return fault
    return None


def replace(request):
    wanted = request.get("faults") if isinstance(request, dict) else None
    if not isinstance(wanted, list) or len(wanted) > MOST:
        raise RequestError(400, f"faults must be a list of at most {MOST}")
    errors, stuck = [], []
    for each in wanted:
        (errors if member(each, "kind", str) == "error" else stuck).append(each)
    errors = [error_of(each) for each in errors]
    stuck = [stuck_of(each) for each in stuck]
    left = [fault for fault in _errors if fault["times"] > 0]
    _errors[:] = errors
    for account, region, name, status in _stuck:
        stack = find(account, region, name)
        # Whatever has moved the stack on since has the last word.
        if stack is not None and stack["StackStatus"] == status["set"]:
            stack["StackStatus"] = status["before"]
    _stuck.clear()
    for account, region, name, status in stuck:
        stack = find(account, region, name)
        _stuck.append((account, region, name, {"set": status, "before": stack["StackStatus"]}))
        stack["StackStatus"] = status
    return {"left": left}


def error_of(fault):
    return {
        "action": member(fault, "action", str),
        "account": fault.get("account"),
        "code": member(fault, "code", str),
        "message": member(fault, "message", str),
        "status": member(fault, "status", int),
        "times": member(fault, "times", int),
    }


def stuck_of(fault):
    account, region, name, status = (member(fault, each, str) for each in ("account", "region", "stackName", "status"))
    if find(account, region, name) is None:
        raise RequestError(404, f"there is no stack {name!r} in {account}/{region}")
    return account, region, name, status


def find(account, region, name):
    from ministack.core.responses import request_scope
    from ministack.services import cloudformation

    with request_scope(account, region):
        return cloudformation._stacks.get(name)


def member(fault, name, kind):
    value = fault.get(name) if isinstance(fault, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool) or value == "":
        raise RequestError(400, f"a fault's {name} must be {'text' if kind is str else 'a number'}, is {value!r}")
    return value
