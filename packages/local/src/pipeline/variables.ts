import { UnsupportedPipelineError } from './errors';

/** Variables of a run: namespace -> name -> value. */
export type Variables = Map<string, Readonly<Record<string, string>>>;

const REFERENCE = /#\{([^}.]+)\.([^}]+)\}/g;

/**
 * Replaces every `#{namespace.name}` in `text`.
 *
 * @param where names the place in the error, such as `action "Wave1.Register"`
 * @throws UnsupportedPipelineError for a variable that no earlier action has set: CodePipeline fails the
 * action as well, and an empty value would travel on unseen.
 */
export function resolveVariables(text: string, variables: Variables, where: string): string {
  return text.replace(REFERENCE, (reference, namespace: string, name: string) => {
    const values = variables.get(namespace);
    const value = values?.[name];
    if (value !== undefined) return value;
    const known = values ? Object.keys(values).sort().join(', ') || 'none' : 'namespace unknown';
    throw new UnsupportedPipelineError(
      `${where}: variable ${reference} has no value (known in "${namespace}": ${known}); ` +
        'an action with that namespace must run earlier and give that output',
    );
  });
}
