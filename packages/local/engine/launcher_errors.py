"""The launcher's errors."""


class LaunchError(Exception):
    """The engine cannot start; ``reason`` is a word for programs, the message is for people."""

    def __init__(self, reason, message):
        super().__init__(message)
        self.reason = reason


class RequestError(Exception):
    """A /_granary/ request that is turned down: HTTP status and message."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status
