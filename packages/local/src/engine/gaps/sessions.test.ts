import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pythonForTests } from '../engine-for-tests';
import { ENGINE_FOLDER } from '../engine-install';

/**
 * The two steps that race, one behind the other: while one thread looks for sessions that are over, and has come to
 * the first, another thread begins sessions. The gap's file is installed if it is there, as the launcher does.
 */
const RACE = `
import importlib.util, json, sys, threading, time
from ministack.services import sts
sys.path.insert(0, sys.argv[1])
if importlib.util.find_spec("session_store"):
    import session_store
    session_store.install(None)

def begin(*names):
    for name in names:
        sts.register_session(name, {"Expiration": time.time() + 60})

class Looked(dict):
    """A session that tells when somebody looks at it, and lets go on once others have begun."""
    met = False
    def get(self, *args):
        if not Looked.met:
            Looked.met = True
            other = threading.Thread(target=begin, args=("another", "one more"))
            other.start()
            other.join()
        return super().get(*args)

sts._sessions["looked-at"] = Looked(Expiration=time.time() + 60)
sts._sessions["over"] = {"Expiration": time.time() - 60}
begin("own")
print(json.dumps({"met": Looked.met, "sessions": sorted(sts._sessions)}))
`;

test('sessions that begin while others are looked for are kept, and those that are over go', async () => {
  const { stdout } = await promisify(execFile)(await pythonForTests(), ['-c', RACE, ENGINE_FOLDER]);
  expect(JSON.parse(stdout)).toEqual({ met: true, sessions: ['another', 'looked-at', 'one more', 'own'] });
}, 120_000);
