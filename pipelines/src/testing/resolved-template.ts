import { Template } from 'aws-cdk-lib/assertions';

/** A template as CloudFormation sees it once it has filled in the parameters that have a default. */
export function resolvedTemplate(template: Template): Template {
  const json = template.toJSON() as { Parameters?: Record<string, { Default?: unknown }> };
  const defaults = Object.entries(json.Parameters ?? {}).filter(([id]) => id !== 'BootstrapVersion');
  const text = defaults.reduce(
    (all, [id, { Default: value }]) =>
      value === undefined ? all : all.replaceAll(JSON.stringify({ Ref: id }), JSON.stringify(value)),
    JSON.stringify(json),
  );
  return Template.fromJSON(joined(JSON.parse(text)) as Record<string, unknown>);
}

/** The same JSON, where neighbouring texts of every `Fn::Join` are one, and one text alone is that text. */
export function joined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(joined);
  if (typeof value !== 'object' || value === null) return value;
  const parts = joinedParts(value);
  if (!parts)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, joined(each)] as const));
  const merged: unknown[] = [];
  for (const part of parts.map(joined)) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged.length === 1 && typeof merged[0] === 'string' ? merged[0] : { 'Fn::Join': ['', merged] };
}

/** Parts of a join without a separator. */
function joinedParts(value: object): readonly unknown[] | undefined {
  const join = (value as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] })['Fn::Join'];
  return join?.[0] === '' ? join[1] : undefined;
}
