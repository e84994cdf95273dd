"""Gap: the engine does not know iam:ResourceTag, by which CDK Pipelines' roles name the bootstrap roles they may
assume (iam:ResourceTag/aws-cdk:bootstrap-role); every self-mutation and every asset would be denied.

Resolves the key to the tag of the role that the request is about. Source: the service authorization reference of
AWS IAM, condition keys (iam:ResourceTag/${TagKey}, which sts:AssumeRole supports for the role assumed).
"""

ENGINE_VERSION = "1.5.33"
PREFIX = "iam:resourcetag/"


def install(launch):
    from ministack.core import iam_evaluator as evaluator

    resolve = evaluator._resolve_condition_key

    def resolve_condition_key(key, context):
        if key.lower().startswith(PREFIX):
            return role_tag(context.resource_arn, key[len(PREFIX):])
        return resolve(key, context)

    evaluator._resolve_condition_key = resolve_condition_key


def role_tag(arn, name):
    from ministack.services import iam

    _, _, resource = (arn or "").partition(":role/")
    if not resource:
        return None
    role = iam._roles.get_scoped(arn.split(":")[4], None, resource.rsplit("/", 1)[-1]) or {}
    # Keys of tags in conditions are compared without case.
    tags = {tag["Key"].lower(): tag["Value"] for tag in role.get("Tags") or []}
    return tags.get(name.lower())
