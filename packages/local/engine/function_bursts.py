"""Gap: each call of a function that finds no process free starts one at once. Fifty calls at the same moment are fifty
starts, which a few cores cannot bear: all of them are late, and some time out.

A call beyond a few processes of its function waits for one to be free, and starts one after a while all the same: who
calls itself waits for nobody.
"""

import os
import threading
import time

ENGINE_VERSION = "1.5.33"

# Processes of one function that a burst starts without waiting.
PLENTY = max(4, 2 * (os.cpu_count() or 1))
PATIENCE_SECONDS = 5.0

_released = threading.Condition()


def install(launch):
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    acquire = lambda_svc.acquire_worker
    release = lambda_svc.release_worker

    def busy(key):
        with lambda_runtime._lock:
            entries = lambda_runtime._workers.get(key, ())
            return len(entries) >= PLENTY and all(each.in_use for each in entries)

    def acquire_worker(func_name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
        key = lambda_runtime._worker_key(func_name, config, qualifier)
        deadline = time.monotonic() + PATIENCE_SECONDS
        with _released:
            while busy(key) and _released.wait(deadline - time.monotonic()):
                pass
        return acquire(func_name, config, code_zip, qualifier=qualifier, max_concurrency=max_concurrency)

    def release_worker(worker):
        release(worker)
        with _released:
            _released.notify_all()

    lambda_svc.acquire_worker = acquire_worker
    lambda_svc.release_worker = release_worker
