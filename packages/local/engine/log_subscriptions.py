"""Gap: a log's subscribers are called for each function call by itself, forgotten when they fail, and by $LATEST.

Lines are gathered for a second, as CloudWatch Logs does, and go to the subscribed version or alias as an asynchronous
invocation: tried again, and to the function's failure destination in the end. A filter of optional terms
(`?one ?other`) matches a line that has any of them. Patterns over JSON fields (`{ ... }`) are not understood and
match nothing: of the logs that are written here, none needs one.
"""

import base64
import gzip
import json
import re
import threading
import time

ENGINE_VERSION = "1.5.33"

GATHER_SECONDS = 1.0
LINES_OF_A_BATCH = 1000

TERM = re.compile(r'([?-]?)(?:"([^"]*)"|(\S+))')


def matches(pattern, message):
    pattern = (pattern or "").strip()
    if not pattern:
        return True
    if pattern.startswith("{"):
        return False
    terms = [(kind, quoted or bare) for kind, quoted, bare in TERM.findall(pattern)]
    optional = [term for kind, term in terms if kind == "?"]
    if any(term in message for kind, term in terms if kind == "-"):
        return False
    if optional:
        return any(term in message for term in optional)
    return all(term in message for kind, term in terms if kind == "")


class Batches:
    """Matched lines by account, region, group and filter, until their second is over."""

    def __init__(self, deliver):
        self.deliver = deliver
        self.lock = threading.Lock()
        self.waiting = {}

    def add(self, place, stream, lines):
        with self.lock:
            batch = self.waiting.get(place)
            if batch is None:
                self.waiting[place] = batch = (stream, [])
                timer = threading.Timer(GATHER_SECONDS, self.flush, [place])
                timer.daemon = True
                timer.start()
            batch[1].extend(lines)

    def flush(self, place):
        with self.lock:
            stream, lines = self.waiting.pop(place)
        for start in range(0, len(lines), LINES_OF_A_BATCH):
            self.deliver(place, stream, lines[start:start + LINES_OF_A_BATCH])


def install(launch):
    from ministack.core import responses
    from ministack.services import cloudwatch_logs, lambda_svc

    def deliver(place, stream, lines):
        account, region, group, name = place
        with responses.request_scope(account, region):
            subscribed = (cloudwatch_logs._log_groups.get(group) or {}).get("subscriptionFilters", {}).get(name)
            if subscribed is None:
                return
            function, qualifier = lambda_svc._resolve_name_and_qualifier(subscribed["destinationArn"])
            record, _ = lambda_svc._get_func_record_for_qualifier(function, qualifier)
            if record is None:
                return
            payload = {
                "messageType": "DATA_MESSAGE",
                "owner": account,
                "logGroup": group,
                "logStream": stream,
                "subscriptionFilters": [name],
                "logEvents": lines,
            }
            data = base64.b64encode(gzip.compress(json.dumps(payload).encode())).decode()
            lambda_svc.invoke_async_with_retry(record, {"awslogs": {"data": data}})

    batches = Batches(deliver)

    def fanout(group_name, stream_name, events):
        group = cloudwatch_logs._log_groups.get(group_name)
        for name, subscribed in list(((group or {}).get("subscriptionFilters") or {}).items()):
            if ":function:" not in subscribed.get("destinationArn", ""):
                continue
            lines = [
                {
                    "id": cloudwatch_logs.new_uuid().replace("-", ""),
                    "timestamp": event.get("timestamp", int(time.time() * 1000)),
                    "message": event.get("message", ""),
                }
                for event in events
                if matches(subscribed.get("filterPattern"), event.get("message", ""))
            ]
            if lines:
                place = (responses.get_account_id(), responses.get_region(), group_name, name)
                batches.add(place, stream_name, lines)

    cloudwatch_logs._fanout_to_subscription_filters = fanout
