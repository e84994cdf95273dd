"""Gap: a function's process inherits the engine's environment, settings and paths included.

It gets what Lambda gives it: the function's own variables, the runtime's, and the host's PATH and locale. The
endpoint of the local cloud comes in the SDKs' own setting, AWS_ENDPOINT_URL.
"""

import os
import types

ENGINE_VERSION = "1.5.33"

HOST = {"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "SYSTEMROOT"}
SDK = {"NODE_PATH", "AWS_EC2_METADATA_DISABLED", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"}


def install(launch):
    import subprocess

    from ministack.core import lambda_runtime

    engine = {name: value for name, value in os.environ.items() if name not in HOST | SDK}
    runtime = types.ModuleType("subprocess")
    runtime.__dict__.update(subprocess.__dict__)

    def popen(*arguments, env=None, **options):
        if env is not None:
            # A variable of the function that happens to have an engine setting's name has a value of its own.
            env = {name: value for name, value in env.items() if engine.get(name) != value}
        return subprocess.Popen(*arguments, env=env, **options)

    runtime.Popen = popen
    lambda_runtime.subprocess = runtime
