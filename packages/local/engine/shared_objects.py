"""Gap: what a service reads from S3 for a caller is looked for among the caller's own buckets only.

A template or a function's code in a bucket of another account is read where the bucket is, if the bucket's policy
lets the caller's account.
"""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.core.responses import get_account_id, get_region, request_scope
    from ministack.services import s3

    own = s3._get_object_data

    def get_object_data(bucket_name, key, version_id=None):
        caller = get_account_id()
        owner = s3._bucket_owner_account(bucket_name)
        if owner is None or owner == caller:
            return own(bucket_name, key, version_id)
        if not s3._foreign_bucket_allows(owner, bucket_name, key, "GET", {}, caller):
            return None
        with request_scope(owner, get_region()):
            return own(bucket_name, key, version_id)

    s3._get_object_data = get_object_data
