"""Gap: the Tags of an AWS::S3::Bucket are dropped, and with them what CDK's autoDeleteObjects looks for."""

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services import s3
    from ministack.services.cloudformation import provisioners

    handlers = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    create, update = handlers["create"], handlers["update"]

    def tag(made, properties):
        tags = {each["Key"]: each["Value"] for each in properties.get("Tags") or []}
        if tags:
            s3._bucket_tags[made[0]] = tags
        else:
            s3._bucket_tags.pop(made[0], None)
        return made

    handlers["create"] = lambda logical_id, properties, stack_name: tag(
        create(logical_id, properties, stack_name), properties
    )
    handlers["update"] = lambda ref, old, new, *rest: tag(update(ref, old, new, *rest), new)
