import type { PolicyDocument } from 'aws-lambda';

interface Rule {
  readonly Effect: string;
  readonly Action: string;
  readonly Resource: string | readonly string[];
}

/**
 * What IAM says of a call under a policy of ours: explicit denial first, then permission, else denial. `*` is
 * any text, slashes included, and `?` any one character. It knows no conditions, since we write none.
 */
export function policyVerdict(policy: PolicyDocument, methodArn: string): 'allow' | 'deny' {
  const rules = policy.Statement as unknown as readonly Rule[];
  const effects = rules
    .filter(({ Action }) => Action === 'execute-api:Invoke')
    .filter(({ Resource }) => [Resource].flat().some((pattern) => matches(pattern, methodArn)))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'deny';
  return effects.includes('Allow') ? 'allow' : 'deny';
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
