"""Gap: CloudFormation reads https://s3.<region>.amazonaws.com/<bucket>/<key> only.

The other form that AWS documents, https://<bucket>.s3.<region>.amazonaws.com/<key>, is turned into it.
"""

import re

ENGINE_VERSION = "1.5.33"

VIRTUAL_HOSTED = re.compile(r"^https?://([a-z0-9][a-z0-9.-]+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com/(.+)$")


def install(launch):
    from ministack.services.cloudformation import helpers

    resolve = helpers._resolve_document

    def resolve_document(params, body_key, url_key, label):
        found = VIRTUAL_HOSTED.match(helpers._p(params, url_key) or "")
        if found:
            params = {**params, url_key: [f"https://s3.amazonaws.com/{found.group(1)}/{found.group(2)}"]}
        return resolve(params, body_key, url_key, label)

    helpers._resolve_document = resolve_document
