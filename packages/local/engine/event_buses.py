"""Gap: buses are closed to other accounts, and CloudFormation knows neither their policies nor archives.

PutEvents to the ARN of a bus elsewhere is judged by the caller's policy and the bus's, and delivered in the account and
region of the bus. A bus's policy counts within its account as well. AWS::Events::EventBusPolicy takes a Statement.
"""

import json

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.core import iam_evaluator, responses
    from ministack.services import eventbridge
    from ministack.services.cloudformation import provisioners

    put_events = eventbridge._put_events

    def bus_policy_for_arn(arn):
        place = parse(arn)
        if place is None:
            return None
        account, region, name = place
        with responses.request_scope(account, region):
            policy = eventbridge._event_bus_policies.get(name)
        return policy or {"Version": "2012-10-17", "Statement": []}, account

    def put_events_anywhere(data, allow_aws_source=False):
        """Each bus takes its own entries; the answer keeps the order of the request."""
        here = (responses.get_account_id(), responses.get_region())
        results = []
        failed = 0
        entries = data.get("Entries", [])
        if len(entries) > 10:
            return put_events(data, allow_aws_source)
        for entry in entries:
            place = parse(str(entry.get("EventBusName") or ""))
            if place is None or place[:2] == here:
                status, headers, body = put_events({"Entries": [entry]}, allow_aws_source)
            else:
                with responses.request_scope(*place[:2]):
                    if place[2] not in eventbridge._event_buses:
                        results.append({"ErrorCode": "ResourceNotFoundException", "ErrorMessage": "no such event bus"})
                        failed += 1
                        continue
                    status, headers, body = put_events({"Entries": [{**entry, "EventBusName": place[2]}]}, allow_aws_source)
            if status != 200:
                return status, headers, body
            answer = json.loads(body)
            results += answer["Entries"]
            failed += answer["FailedEntryCount"]
        return responses.json_response({"FailedEntryCount": failed, "Entries": results})

    iam_evaluator._RESOURCE_POLICY_LOOKUPS["events"] = ("eventbridge", "bus_policy_for_arn")
    eventbridge.bus_policy_for_arn = bus_policy_for_arn
    eventbridge._put_events = put_events_anywhere
    describe_events_requests()
    provisioners._RESOURCE_HANDLERS["AWS::Events::EventBusPolicy"] = {
        "create": create_policy, "update": update_policy, "delete": delete_policy,
    }
    provisioners._RESOURCE_HANDLERS["AWS::Events::Archive"] = {
        "create": create_archive, "update": update_archive, "delete": delete_archive,
    }


def parse(arn):
    """Account, region and name of a bus by its ARN; None for a bare name."""
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[2] != "events" or not parts[5].startswith("event-bus/"):
        return None
    return parts[4], parts[3], parts[5].removeprefix("event-bus/")


def describe_events_requests():
    """The condition keys events:source and events:detail-type, each with the values of all entries."""
    from ministack.core import iam_actions

    request_tag_context = iam_actions.request_tag_context

    def with_entries(service, iam_action, body, *rest, **named):
        context = request_tag_context(service, iam_action, body, *rest, **named)
        if iam_action != "events:PutEvents":
            return context
        try:
            entries = [each for each in json.loads(body or b"{}")["Entries"] if isinstance(each, dict)]
        except (ValueError, KeyError, TypeError):
            return context
        keys = {"events:source": "Source", "events:detail-type": "DetailType"}
        values = {key: sorted({str(each.get(member, "")) for each in entries}) for key, member in keys.items()}
        # Where one entry differs, the request must not pass for the other's sake.
        return {**context, **{key: found[0] if len(found) == 1 else found for key, found in values.items()}}

    iam_actions.request_tag_context = with_entries


def create_policy(logical_id, properties, stack_name):
    from ministack.services import eventbridge

    bus = properties.get("EventBusName") or "default"
    statement = properties.get("Statement")
    if not isinstance(statement, dict):
        raise ValueError("AWS::Events::EventBusPolicy: write a Statement")
    policy = eventbridge._event_bus_policies.get(bus) or {"Version": "2012-10-17", "Statement": []}
    named = {**statement, "Sid": properties["StatementId"]}
    others = [each for each in policy["Statement"] if each.get("Sid") != named["Sid"]]
    eventbridge._event_bus_policies[bus] = {**policy, "Statement": [*others, named]}
    return f"{bus}|{named['Sid']}", {}


def update_policy(physical_id, old, new, stack_name):
    delete_policy(physical_id, old)
    return create_policy(None, new, stack_name)


def delete_policy(physical_id, properties):
    from ministack.services import eventbridge

    bus, _, sid = physical_id.partition("|")
    policy = eventbridge._event_bus_policies.get(bus)
    if policy:
        kept = [each for each in policy["Statement"] if each.get("Sid") != sid]
        eventbridge._event_bus_policies[bus] = {**policy, "Statement": kept}


def archive_of(properties, name):
    pattern = properties.get("EventPattern", "")
    return {
        "ArchiveName": name,
        "EventSourceArn": properties.get("SourceArn", ""),
        "Description": properties.get("Description", ""),
        "RetentionDays": int(properties.get("RetentionDays") or 0),
        "EventPattern": pattern if isinstance(pattern, str) else json.dumps(pattern),
    }


def answered(response, type_name):
    if response[0] != 200:
        raise ValueError(f"{type_name}: {response[2].decode()}")


def create_archive(logical_id, properties, stack_name):
    from ministack.services import eventbridge
    from ministack.services.cloudformation import provisioners

    name = properties.get("ArchiveName") or provisioners._physical_name(stack_name, logical_id, max_len=48)
    answered(eventbridge._create_archive(archive_of(properties, name)), "AWS::Events::Archive")
    return name, {"Arn": eventbridge._archives[name]["ArchiveArn"], "ArchiveName": name}


def update_archive(physical_id, old, new, stack_name):
    from ministack.services import eventbridge

    answered(eventbridge._update_archive(archive_of(new, physical_id)), "AWS::Events::Archive")
    return physical_id, {"Arn": eventbridge._archives[physical_id]["ArchiveArn"], "ArchiveName": physical_id}


def delete_archive(physical_id, properties):
    from ministack.services import eventbridge

    eventbridge._delete_archive({"ArchiveName": physical_id})
