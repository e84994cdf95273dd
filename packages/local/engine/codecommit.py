"""Gap: the engine has no CodeCommit repository type. Accepted as a record; the source is the local git remote."""

import uuid

from engine_service import EngineService

ENGINE_VERSION = "1.5.33"


def install(launch):
    service = EngineService("codecommit")
    service.install()
    service.resource_type(
        "AWS::CodeCommit::Repository",
        # Derived from the names alone, so that an update of the stack finds the same record.
        lambda generated, properties: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{generated}/{properties['RepositoryName']}")),
        attributes,
    )


def attributes(record):
    from ministack.core.responses import get_account_id, get_region

    name, region = record["properties"]["RepositoryName"], get_region()
    return {
        "Arn": f"arn:aws:codecommit:{region}:{get_account_id()}:{name}",
        "CloneUrlHttp": f"https://git-codecommit.{region}.amazonaws.com/v1/repos/{name}",
        "CloneUrlSsh": f"ssh://git-codecommit.{region}.amazonaws.com/v1/repos/{name}",
        "Name": name,
    }
