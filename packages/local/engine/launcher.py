"""Start MiniStack in this process: hardened settings, one loopback port, every gap file beside this one.

The settings arrive as one JSON line on standard input, so that no secret is ever in the environment or the
argument list, where a function (same operating system user) could read it:

    {"port": 0, "adminToken": "...", "rootSecret": "...", "stateFolder": "...", "persist": true,
     "alarmMinuteSeconds": 10}

``port`` 0 takes a free one. Standard output carries one JSON line, {"event": "ready", "port": n} or
{"event": "failed", "reason": ..., "message": ...}; everything else goes to standard error. The process ends
when it is told to (SIGTERM, SIGINT) or when standard input closes, which it does when the parent dies.
"""

import asyncio
import errno
import hmac
import importlib
import json
import logging
import os
import pathlib
import signal
import socket
import sys
import threading

from launcher_errors import LaunchError, RequestError

ENGINE_VERSION = "1.5.33"
HERE = pathlib.Path(__file__).resolve().parent
NOT_GAPS = {"launcher", "launcher_errors", "engine_service", "datapoints", "metric_math"}
# What a function's process may inherit. Everything else of the caller's environment stays out.
INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


class Launch:
    """What a gap file may use: the settings, and the routes it adds below /_granary/."""

    def __init__(self, settings):
        self.admin_token = settings["adminToken"]
        self.root_secret = settings["rootSecret"]
        self.state_folder = pathlib.Path(settings["stateFolder"])
        self.persist = bool(settings["persist"])
        self.alarm_minute_seconds = float(settings["alarmMinuteSeconds"])
        self.routes = {}
        self.before_app = []

    def route(self, path, handler):
        """Serve POST ``path`` (below /_granary/, admin token required): ``handler(body) -> dict``, may be async."""
        self.routes[path] = handler

    def intercept(self, check):
        """Run ``check(scope, headers, is_admin)`` before each request; a (status, dict) it returns is the answer."""
        self.before_app.append(check)


def configure_environment(settings, port):
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    os.environ.clear()
    os.environ.update(kept)
    state = pathlib.Path(settings["stateFolder"])
    os.environ.update({
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": "localhost",
        "LAMBDA_EXECUTOR": "local",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "PERSIST_STATE": "1" if settings["persist"] else "0",
        "STATE_DIR": str(state / "current"),
        "S3_PERSIST": "1" if settings["persist"] else "0",
        "S3_DATA_DIR": str(state / "s3"),
        # The engine looks for a container daemon here; functions run as local processes only.
        "DOCKER_HOST": "unix:///nonexistent/docker.sock",
        # Standard for every SDK in a function: no instance metadata look-ups, no shared config files.
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    })


def listen(port):
    """One listening socket on loopback.

    TCP_NODELAY is set on the listener because accepted sockets inherit it; the engine's server does not set it
    and every keep-alive request would wait for the delayed acknowledgement of the one before.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise LaunchError("port-taken", f"port {port} on 127.0.0.1 cannot be opened: {error.strerror}") from error
        raise
    listener.listen(256)
    listener.setblocking(False)
    return listener


def check_engine_version():
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("ministack")
    except PackageNotFoundError as error:
        raise LaunchError("engine-missing", "the package ministack is not installed in this environment") from error
    if found != ENGINE_VERSION:
        raise LaunchError(
            "engine-version",
            f"ministack {found} is installed, the launcher and its gap files are written for {ENGINE_VERSION}",
        )


def install_gaps(launch):
    for file in sorted(HERE.glob("*.py")):
        if file.stem in NOT_GAPS:
            continue
        gap = importlib.import_module(file.stem)
        if gap.ENGINE_VERSION != ENGINE_VERSION:
            raise LaunchError(
                "gap-version",
                f"{file.name} closes a gap of ministack {gap.ENGINE_VERSION}, the engine is {ENGINE_VERSION}:"
                " check whether the gap is still there",
            )
        try:
            gap.install(launch)
        except (AttributeError, ImportError, KeyError) as error:
            raise LaunchError("gap-broken", f"{file.name} does not fit this engine: {error!r}") from error


async def answer(send, status, payload):
    body = json.dumps(payload).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read_body(receive, limit=1_048_576):
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestError(400, "the client went away")
        body += message.get("body", b"")
        if len(body) > limit:
            raise RequestError(413, f"the body is larger than {limit} bytes")
        if not message.get("more_body"):
            return body


async def serve_granary(launch, scope, receive, send, is_admin):
    try:
        handler = launch.routes.get(scope["path"])
        if not is_admin:
            raise RequestError(403, "the admin token is missing or wrong")
        if handler is None or scope["method"] != "POST":
            raise RequestError(404, f"no such operation: {scope['method']} {scope['path']}")
        try:
            body = json.loads(await read_body(receive) or b"{}")
        except ValueError as error:
            raise RequestError(400, f"the body is not json: {error}") from error
        result = handler(body)
        if asyncio.iscoroutine(result):
            result = await result
        await answer(send, 200, result)
    except RequestError as error:
        await answer(send, error.status, {"message": str(error)})
    except Exception as error:
        # The caller learns what failed; the log, where.
        logging.getLogger("granary").exception("%s failed", scope["path"])
        await answer(send, 500, {"message": f"{type(error).__name__}: {error}"})


def front(launch, engine_app):
    """The ASGI application: our own routes, then the gaps' checks, then the engine."""

    async def app(scope, receive, send):
        if scope["type"] not in ("http", "websocket"):
            await engine_app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        token = headers.get("x-granary-admin-token", "")
        is_admin = hmac.compare_digest(token.encode(), launch.admin_token.encode())
        if scope["type"] == "http":
            if scope["path"].startswith("/_granary/"):
                await serve_granary(launch, scope, receive, send, is_admin)
                return
            for check in launch.before_app:
                refusal = check(scope, headers, is_admin)
                if refusal is not None:
                    await answer(send, *refusal)
                    return
        await engine_app(scope, receive, send)

    return app


def stop_workers():
    """End every function process, whatever it is doing."""
    runtime = sys.modules.get("ministack.core.lambda_runtime")
    for pool in list(getattr(runtime, "_workers", {}).values()):
        for worker in list(pool) if isinstance(pool, (list, tuple, set)) else [pool]:
            process = getattr(worker, "_proc", None)
            if process is not None and process.poll() is None:
                process.kill()


async def serve(launch, listener, port, report):
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config
    from ministack.app import app as engine_app

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    def watch_parent():
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=watch_parent, daemon=True, name="parent-watch").start()
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 2
    config.loglevel = "WARNING"
    config.errorlog = "-"
    application = front(launch, engine_app)

    async def reporting(scope, receive, send):
        async def told(message):
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                report({"event": "ready", "port": port})

        await application(scope, receive, told if scope["type"] == "lifespan" else send)

    await hypercorn_serve(reporting, config, shutdown_trigger=stop.wait)


def main():
    protocol = os.dup(1)
    os.dup2(2, 1)  # whatever the engine prints is log

    def report(event):
        os.write(protocol, (json.dumps(event) + "\n").encode())

    try:
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(0, 1)
            if not byte:
                raise LaunchError("no-settings", "standard input closed before the settings line")
            line += byte
        settings = json.loads(line)
        check_engine_version()
        listener = listen(settings["port"])
        port = listener.getsockname()[1]
        configure_environment(settings, port)
        launch = Launch(settings)
        install_gaps(launch)
    except LaunchError as error:
        report({"event": "failed", "reason": error.reason, "message": str(error)})
        return 1
    try:
        asyncio.run(serve(launch, listener, port, report))
    finally:
        stop_workers()
        sys.stderr.flush()
    # Worker threads of the engine may wait for ever (a pending custom resource); nothing is left to save.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
