"""Gap: sessions that are over are looked for while other threads add theirs, and the search fails when they do.

It was met by a function whose processes start at the same moment: the call fails, and the engine ends all of that
function's processes. On AWS neither hears of the other.
"""

import time

ENGINE_VERSION = "1.5.33"


def install(launch):
    from ministack.services import sts

    def evict_expired_sessions():
        now = time.time()
        # A copy is taken in one go.
        for key, session in sts._sessions.copy().items():
            expiration = session.get("Expiration")
            if isinstance(expiration, (int, float)) and now > expiration:
                sts._sessions.pop(key, None)

    if not callable(sts._evict_expired_sessions):
        raise AttributeError("sts._evict_expired_sessions")
    sts._evict_expired_sessions = evict_expired_sessions
