import { CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts a finding of cdk-nag on a construct and all below it, with the reason that a reviewer will read. */
export function acknowledge(construct: IConstruct, finding: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: written(construct, finding), reason });
}

/** As findings are written: a reference in angle brackets, in templates that leave their place open. */
function written(construct: IConstruct, finding: string): string {
  const resolved: unknown = Stack.of(construct).resolve(finding);
  if (typeof resolved === 'string') return resolved;
  const { 'Fn::Join': join } = resolved as { readonly 'Fn::Join': readonly [string, readonly Part[]] };
  return join[1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}

type Part = string | { readonly Ref: string };

/** The logical id of a construct's own resource, as findings name it. */
export function logicalId(construct: IConstruct): string {
  const element = construct.node.defaultChild ?? construct;
  if (!CfnElement.isCfnElement(element)) throw new Error(`"${construct.node.path}" is no resource`);
  return Stack.of(construct).resolve(element.logicalId) as string;
}
