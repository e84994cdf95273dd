"""Start MiniStack as its package gives it: no gap file, no authorization, nothing in front of it.

The baseline of the request measurement. Two things are as in the local cloud's launcher, because they are not what
is compared: a socket with TCP_NODELAY on 127.0.0.1, without which the engine answers each keep-alive request 43 ms
late, and functions that run as local processes with the same Node.

Standard output carries one JSON line, {"port": n}. The process ends when standard input closes.
"""

import asyncio
import json
import os
import socket
import sys
import threading


def main():
    protocol = os.dup(1)
    os.dup2(2, 1)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)
    listener.setblocking(False)
    port = listener.getsockname()[1]
    os.environ.update({
        "AUTH": "false",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "LAMBDA_EXECUTOR": "local",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "PERSIST_STATE": "0",
        "S3_PERSIST": "0",
        "DOCKER_HOST": "unix:///nonexistent/docker.sock",
        "AWS_EC2_METADATA_DISABLED": "true",
    })
    try:
        asyncio.run(serve(listener, port, protocol))
    finally:
        stop_workers()
    os._exit(0)


async def serve(listener, port, protocol):
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config
    from ministack.app import app

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def watch_parent():
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=watch_parent, daemon=True).start()
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 2
    config.loglevel = "WARNING"

    async def reporting(scope, receive, send):
        async def told(message):
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                os.write(protocol, (json.dumps({"port": port}) + "\n").encode())

        await app(scope, receive, told if scope["type"] == "lifespan" else send)

    await hypercorn_serve(reporting, config, shutdown_trigger=stop.wait)


def stop_workers():
    runtime = sys.modules.get("ministack.core.lambda_runtime")
    for pool in list(getattr(runtime, "_workers", {}).values()):
        for worker in pool:
            process = getattr(worker, "_proc", None)
            if process is not None and process.poll() is None:
                process.kill()


if __name__ == "__main__":
    main()
