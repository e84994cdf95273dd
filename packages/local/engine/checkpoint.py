"""Gap: the engine saves its state on a clean stop only, file by file, and hides what failed.

POST /_granary/checkpoint saves all of it as one snapshot: a new folder is written and flushed, then the link
`current` moves to it, so a kill at any moment leaves the last whole snapshot. A clean stop takes the same way.
"""

import json
import os
import shutil

from launcher_errors import RequestError

ENGINE_VERSION = "1.5.33"
ATTEMPTS = 5


def install(launch):
    from ministack import app
    from ministack.core import persistence

    current = launch.state_folder / "current"
    if not current.is_symlink():
        # The engine makes a plain folder of this name, some of its modules as soon as they are imported.
        first = launch.state_folder / "snapshot-0"
        first.mkdir(parents=True, exist_ok=True)
        if current.is_dir():
            current.rename(first)
        point(current, first)
    remove_leftovers(launch.state_folder, current)

    def save_all(services):
        saved = {name: state_of(get_state) for name, get_state in services.items()}
        number = 1 + max([snapshot_number(each) for each in launch.state_folder.glob("snapshot-*")], default=0)
        target = launch.state_folder / f"snapshot-{number}"
        target.mkdir()
        # What no service reports is carried over: a service not asked for since the start, certificates, code.
        shutil.copytree(current, target, copy_function=os.link, dirs_exist_ok=True, ignore=lambda _, names: [
            name for name in names if name.endswith(".json") and saved.get(name[:-5]) is not None
        ])
        for name, state in saved.items():
            if state is not None:
                write(target / f"{name}.json", {
                    "__ministack_format__": persistence._state_format_version(name), "payload": state,
                }, persistence._json_default)
        flush_folder(target)
        point(current, target)
        remove_leftovers(launch.state_folder, current)

    def checkpoint(request):
        if not launch.persist:
            raise RequestError(409, "this engine was started without persistence")
        save_all(app._build_persistence_save_dict())
        return {"snapshot": os.readlink(current)}

    # The engine's clean stop calls this name.
    app.save_all = save_all
    launch.route("/_granary/checkpoint", checkpoint)


def point(current, target):
    link = current.with_name("next")
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    os.replace(link, current)
    flush_folder(current.parent)


def state_of(get_state):
    # Worker threads may change a store while it is copied; the copy is taken again.
    for attempt in range(ATTEMPTS):
        try:
            return get_state()
        except RuntimeError:
            if attempt == ATTEMPTS - 1:
                raise
    return None


def write(path, payload, default):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(payload, file, default=default)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def snapshot_number(folder):
    suffix = folder.name.rsplit("-", 1)[-1]
    return int(suffix) if suffix.isdigit() else 0


def remove_leftovers(state_folder, current):
    kept = os.readlink(current) if current.is_symlink() else None
    for folder in state_folder.glob("snapshot-*"):
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)
