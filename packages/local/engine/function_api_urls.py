"""Gap: a function that calls an API by its own URL, https://<id>.execute-api.<region>.amazonaws.com, leaves the machine
with fetch, and finds no API with https.request.

Both reach the engine's /_aws/execute-api/<id>.
"""

ENGINE_VERSION = "1.5.33"

PATCH = "  // Patch https.request for bundled SDK."
REDIRECT = "      options.hostname = msHost;\n      options.host = msHost + \":\" + msPort;\n      options.port = msPort;\n"

FETCH = r"""
  const granaryApi = /^https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?=[\/?#]|$)/;
  const granaryFetch = globalThis.fetch;
  if (granaryFetch) globalThis.fetch = function(input, init) {
    const given = input && typeof input === "object" && "url" in input ? input.url : String(input);
    const found = granaryApi.exec(given);
    if (!found) return granaryFetch(input, init);
    const url = endpoint.replace(/\/+$/, "") + "/_aws/execute-api/" + found[1] + given.slice(found[0].length);
    return granaryFetch(typeof input === "object" && "url" in input ? new Request(url, input) : url, init);
  };
"""
PATH = r"""      const granaryId = /^([a-z0-9]+)\.execute-api\./.exec(host);
      if (granaryId) options.path = "/_aws/execute-api/" + granaryId[1] + (options.path || "/");
"""


def install(launch):
    from ministack.core import lambda_runtime

    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    if PATCH not in script or REDIRECT not in script or "endpoint" not in script.split(PATCH)[0]:
        raise KeyError("the text of the worker that redirects requests")
    lambda_runtime._NODEJS_WORKER_SCRIPT = script.replace(PATCH, FETCH + PATCH).replace(REDIRECT, PATH + REDIRECT)
