"""Gap: the engine takes the header x-amz-content-sha256 for the body's digest without looking at the body.

So a signature could be sent again with another body. The header must be the digest of the body; S3 alone also takes
its own words there (UNSIGNED-PAYLOAD, STREAMING-...).
"""

import hashlib
import re

ENGINE_VERSION = "1.5.33"

HEADER = "x-amz-content-sha256"
DIGEST = re.compile(r"[0-9a-f]{64}")
REFUSED = (
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided:"
    " the digest in x-amz-content-sha256 is not that of the body.",
)


def install(launch):
    from ministack.core import sigv4

    signature_failure = sigv4.header_signature_failure

    def header_signature_failure(signature, secret, method, raw_path, query_params, headers, body, **options):
        claimed = headers.get(HEADER)
        words_of_s3 = signature.service == "s3" and not DIGEST.fullmatch(claimed or "")
        if claimed and not words_of_s3 and claimed != hashlib.sha256(body or b"").hexdigest():
            return REFUSED
        return signature_failure(signature, secret, method, raw_path, query_params, headers, body, **options)

    sigv4.header_signature_failure = header_signature_failure
