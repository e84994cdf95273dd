"""Add a service to the engine: a store per account and region that persists, JSON 1.1 operations, resource types."""

import copy
import inspect
import json
import sys
import types


class ServiceError(Exception):
    """An error of a JSON operation, in the service's own words: code, message, HTTP status."""

    def __init__(self, code, message, status=400):
        super().__init__(message)
        self.code = code
        self.status = status


class EngineService:
    """One service: ``records`` holds what its resource types create, keyed by name within account and region.

    ``name`` is the engine's and the IAM namespace, ``target`` the prefix of X-Amz-Target (None: no operations).
    An operation is a function of the request's body, plain or async. Another gap file finds a service by its name in
    ``EngineService.installed``.
    """

    installed = {}

    def __init__(self, name, target=None):
        from ministack.core.responses import AccountRegionScopedDict

        self.name = name
        self.target = target
        self.records = AccountRegionScopedDict()
        self.operations = {}

    def operation(self, name):
        def register(function):
            self.operations[name] = function
            return function

        return register

    def install(self):
        from ministack import app
        from ministack.core import iam_actions, router

        EngineService.installed[self.name] = self
        module = types.ModuleType(f"ministack.services.{self.name}")
        module.handle_request = self._handle_request
        module.get_state = lambda: {"records": copy.deepcopy(self.records)}
        module.load_persisted_state = self._restore
        module.reset = self.records.clear
        sys.modules[module.__name__] = module
        app._loaded_modules[self.name] = module
        app._state_map[self.name] = self.name
        if self.target is None:
            return
        app.SERVICE_REGISTRY[self.name] = {"module": self.name}
        app.SERVICE_HANDLERS[self.name] = self._handle_request
        iam_actions.SERVICE_TO_IAM_NAMESPACE[self.name] = self.name
        router.SERVICE_PATTERNS[self.name] = {
            "target_prefixes": [self.target], "host_patterns": [], "credential_scope": self.name,
        }

    def _restore(self, state):
        restored = (state or {}).get("records")
        if restored is not None:
            self.records._data.update(restored._data)

    async def _handle_request(self, method, path, headers, body, query_params):
        action = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
        try:
            operation = self.operations.get(action)
            if operation is None:
                raise ServiceError("UnknownOperationException", f"the local cloud does not run {self.name}:{action}")
            result = operation(json.loads(body or b"{}"))
            return self._json(200, await result if inspect.isawaitable(result) else result)
        except ServiceError as error:
            return self._json(error.status, {"__type": error.code, "message": str(error)})

    @staticmethod
    def _json(status, payload):
        return status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(payload).encode()

    def resource_type(self, type_name, physical_id, attributes=lambda record: {}, replaces=()):
        """Accept a CloudFormation type as a record.

        ``physical_id(generated_name, properties)`` is what Ref gives; ``attributes(record)`` what GetAtt gives;
        a change of a property named in ``replaces`` makes a new record and removes the old one.
        """
        from ministack.services.cloudformation import provisioners

        def create(logical_id, properties, stack_name):
            generated = provisioners._physical_name(stack_name, logical_id, max_len=100)
            ref = physical_id(generated, properties)
            if ref in self.records:
                raise ValueError(f"{type_name} {ref} already exists")
            return store(ref, properties)

        def store(ref, properties):
            previous = self.records.get(ref) or {}
            record = {
                "type": type_name, "ref": ref, "properties": copy.deepcopy(properties),
                "version": previous.get("version", 0) + 1,
                **({"created": previous["created"]} if "created" in previous else {"created": _now()}),
                "updated": _now(),
            }
            self.records[ref] = record
            return ref, attributes(record)

        def update(ref, old, new, stack_name, logical_id):
            if any(old.get(name) != new.get(name) for name in replaces):
                created = create(logical_id, new, stack_name)
                self.records.pop(ref, None)
                return created
            return store(ref, new)

        provisioners._RESOURCE_HANDLERS[type_name] = {
            "create": create,
            "update": update,
            "update_with_logical_id": True,
            "delete": lambda ref, properties: self.records.pop(ref, None),
        }


def _now():
    import time

    return int(time.time())
