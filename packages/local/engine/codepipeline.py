"""Gap: the engine has no CodePipeline. Pipelines are records here; the pipeline runner executes them.

AWS::CodePipeline::Pipeline keeps its resolved properties, GetPipeline and ListPipelines answer them in the API's
own shape. Source: the API reference of CodePipeline 2015-07-09 (PipelineDeclaration).
"""

import json

from engine_service import EngineService, ServiceError

ENGINE_VERSION = "1.5.33"


def install(launch):
    service = EngineService("codepipeline", "CodePipeline_20150709")

    @service.operation("GetPipeline")
    def get_pipeline(request):
        record = service.records.get(request.get("name"))
        if record is None:
            raise ServiceError("PipelineNotFoundException", f"no pipeline is named {request.get('name')!r}")
        return {
            "pipeline": declaration(record),
            "metadata": {"pipelineArn": arn(record), "created": record["created"], "updated": record["updated"]},
        }

    @service.operation("ListPipelines")
    def list_pipelines(request):
        return {"pipelines": [
            {"name": record["ref"], "version": record["version"], "pipelineType": pipeline_type(record),
             "executionMode": record["properties"].get("ExecutionMode", "SUPERSEDED"),
             "created": record["created"], "updated": record["updated"]}
            for record in service.records.values()
        ]}

    service.install()
    service.resource_type(
        "AWS::CodePipeline::Pipeline",
        lambda generated, properties: properties.get("Name") or generated,
        lambda record: {"Version": str(record["version"])},
        replaces=("Name",),
    )


def arn(record):
    from ministack.core.responses import get_account_id, get_region

    return f"arn:aws:codepipeline:{get_region()}:{get_account_id()}:{record['ref']}"


def pipeline_type(record):
    return record["properties"].get("PipelineType", "V1")


def declaration(record):
    properties = record["properties"]
    pipeline = {
        "name": record["ref"],
        "roleArn": properties["RoleArn"],
        "stages": [stage(each) for each in properties.get("Stages", [])],
        "version": record["version"],
        "executionMode": properties.get("ExecutionMode", "SUPERSEDED"),
        "pipelineType": pipeline_type(record),
    }
    if "ArtifactStore" in properties:
        pipeline["artifactStore"] = camel(properties["ArtifactStore"])
    if "ArtifactStores" in properties:
        pipeline["artifactStores"] = {
            each["Region"]: camel(each["ArtifactStore"]) for each in properties["ArtifactStores"]
        }
    for name in ("Variables", "Triggers"):
        if name in properties:
            pipeline[name.lower()] = camel(properties[name])
    return pipeline


def stage(properties):
    found = {
        "name": properties["Name"],
        "blockers": camel(properties.get("Blockers", [])),
        "actions": [action(each) for each in properties.get("Actions", [])],
    }
    for name in ("BeforeEntry", "OnSuccess", "OnFailure"):
        if name in properties:
            found[name[0].lower() + name[1:]] = conditions(properties[name])
    return found


def conditions(properties):
    plain = {key: value for key, value in properties.items() if key != "Conditions"}
    return {**camel(plain), "conditions": [
        {"result": each.get("Result"), "rules": [rule(one) for one in each.get("Rules", [])]}
        for each in properties.get("Conditions", [])
    ]}


def action(properties):
    return {
        **rule(properties),
        "runOrder": int(properties.get("RunOrder", 1)),
        "outputArtifacts": camel(properties.get("OutputArtifacts", [])),
    }


def rule(properties):
    plain = {key: value for key, value in properties.items() if key != "Configuration"}
    return {
        **camel(plain),
        # The keys of a configuration are the provider's own, its values are always text.
        "configuration": {key: text(value) for key, value in (properties.get("Configuration") or {}).items()},
        "inputArtifacts": camel(properties.get("InputArtifacts", [])),
    }


def camel(value):
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: camel(each) for key, each in value.items()}
    if isinstance(value, list):
        return [camel(each) for each in value]
    return value


def text(value):
    if isinstance(value, str):
        return value
    return json.dumps(value)
