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
