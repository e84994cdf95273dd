"""Gap: ObjectLockEnabled and ObjectLockConfiguration of an AWS::S3::Bucket are dropped."""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services import s3
    from ministack.services.cloudformation import provisioners

    handlers = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    create, update = handlers["create"], handlers["update"]

    def lock(made, properties):
        if properties.get("ObjectLockEnabled") in (True, "true"):
            rule = (properties.get("ObjectLockConfiguration") or {}).get("Rule") or {}
            given = rule.get("DefaultRetention")
            retention = given and {
                "Mode": given["Mode"], **{unit: int(given[unit]) for unit in ("Days", "Years") if unit in given},
            }
            s3._bucket_versioning[made[0]] = "Enabled"
            s3._bucket_object_lock[made[0]] = {"enabled": True, "default_retention": retention}
        return made

    handlers["create"] = lambda logical_id, properties, stack_name: lock(
        create(logical_id, properties, stack_name), properties
    )
    handlers["update"] = lambda ref, old, new, *rest: lock(update(ref, old, new, *rest), new)
