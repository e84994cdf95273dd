"""Gap: AWS::CloudWatch::CompositeAlarm is no resource type. It makes and changes the alarm that PutCompositeAlarm does."""

import json

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services import cloudwatch
    from ministack.services.cloudformation import provisioners

    def put(name, properties):
        status, _, body = cloudwatch._put_composite_alarm({}, {**properties, "AlarmName": name}, False, True)
        if status >= 400:
            raise ValueError(json.loads(body).get("message") or f"composite alarm {name} cannot be made")
        return name, {"Arn": cloudwatch._composite_alarms[name]["AlarmArn"]}

    def create(logical_id, properties, stack_name):
        return put(properties.get("AlarmName") or provisioners._physical_name(stack_name, logical_id, max_len=255),
                   properties)

    def update(physical_id, old, new, stack_name, logical_id):
        if new.get("AlarmName") == old.get("AlarmName"):
            return put(physical_id, new)
        made = create(logical_id, new, stack_name)
        cloudwatch._composite_alarms.pop(physical_id, None)
        return made

    provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::CompositeAlarm"] = {
        "create": create, "update": update, "update_with_logical_id": True,
        "delete": lambda physical_id, properties: cloudwatch._composite_alarms.pop(physical_id, None),
    }
