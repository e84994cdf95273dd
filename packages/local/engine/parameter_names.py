"""Gap: DescribeStacks gives the value that a parameter of Parameter Store had, in the place of the parameter's name.

ParameterValue is the name, by which the stack can be updated again; ResolvedValue is what it stood for.
"""

from xml.etree import ElementTree

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services.cloudformation.handlers import _ACTION_HANDLERS

    describe = _ACTION_HANDLERS["DescribeStacks"]

    def describe_stacks(params):
        status, headers, body = describe(params)
        return (status, headers, named(body)) if status == 200 else (status, headers, body)

    _ACTION_HANDLERS["DescribeStacks"] = describe_stacks


def named(body):
    from ministack.services.cloudformation import _stacks
    from ministack.services.cloudformation.helpers import CFN_NS

    names = {stack["StackId"]: parameter_names(stack) for stack in _stacks.values()}
    if not any(names.values()):
        return body
    ElementTree.register_namespace("", CFN_NS)

    def tag(name):
        return f"{{{CFN_NS}}}{name}"

    root = ElementTree.fromstring(body)
    for stack in root.iterfind(f".//{tag('Stacks')}/{tag('member')}"):
        known = names.get(stack.findtext(tag("StackId")), {})
        for parameter in stack.iterfind(f"{tag('Parameters')}/{tag('member')}"):
            name = known.get(parameter.findtext(tag("ParameterKey")))
            if name is None:
                continue
            value = parameter.find(tag("ParameterValue"))
            ElementTree.SubElement(parameter, tag("ResolvedValue")).text = value.text
            value.text = name
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def parameter_names(stack):
    resolved = stack.get("_resolved_params") or {}
    return {key: each["SsmName"] for key, each in resolved.items() if isinstance(each, dict) and "SsmName" in each}
