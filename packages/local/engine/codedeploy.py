"""Gap: the engine has no CodeDeploy resource types. They are accepted as records; aliases move at once."""

from engine_service import EngineService

ENGINE_VERSION = "1.5.33"


def install(launch):
    service = EngineService("codedeploy")
    service.install()
    for type_name, key in (
        ("AWS::CodeDeploy::Application", "ApplicationName"),
        ("AWS::CodeDeploy::DeploymentGroup", "DeploymentGroupName"),
        ("AWS::CodeDeploy::DeploymentConfig", "DeploymentConfigName"),
    ):
        service.resource_type(
            type_name,
            lambda generated, properties, key=key: properties.get(key) or generated,
            replaces=(key, "ApplicationName") if key == "DeploymentGroupName" else (key,),
        )
