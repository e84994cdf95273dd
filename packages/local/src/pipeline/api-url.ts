/** `https://<api id>.execute-api.<region>.<suffix>/<stage>/...` as API Gateway names a REST API. */
const EXECUTE_API = /https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?=[/\s"',]|$)/g;

/**
 * Turns API Gateway's URLs inside a text into URLs that answer on this machine.
 *
 * Templates build the URL from `AWS::URLSuffix`, so a stack's output names a host of AWS. What travels on from
 * an output (a registration, a tenant's routing, a smoke test) has to be reachable: this is the one place that
 * translates.
 *
 * @param endpoint the engine's URL, without a slash at the end
 */
export function reachableApiUrls(text: string, endpoint: string): string {
  return text.replace(EXECUTE_API, (_, id: string) => `${endpoint}/_aws/execute-api/${id}`);
}
