"""Gap: Lambda's Node.js runtimes have the AWS SDK; here a function finds small stand-ins for a few of its clients.

The SDK clients of this package are put where a function finds them (NODE_PATH), those and nothing else, so that a
function which forgot to bundle another library fails here as it does on AWS.
"""

import os
import pathlib

ENGINE_VERSION = "1.5.33"

CLIENTS = pathlib.Path(__file__).resolve().parent.parent / "node_modules" / "@aws-sdk"


def install(launch):
    if not CLIENTS.is_dir():
        return
    modules = launch.state_folder / "runtime-modules"
    modules.mkdir(parents=True, exist_ok=True)
    link = modules / "@aws-sdk"
    link.unlink(missing_ok=True)
    link.symlink_to(CLIENTS)
    os.environ["NODE_PATH"] = str(modules)
