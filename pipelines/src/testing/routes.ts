import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './sample';

export interface ServedRoute {
  readonly method: string;
  readonly path: string;
  readonly properties: Record<string, unknown>;
}

/** What a template's REST API serves, preflights left out. */
export function routesOf(template: Template): readonly ServedRoute[] {
  const parts = resources(template, 'AWS::ApiGateway::Resource');
  const pathOf = (reference: { Ref?: string }): string => {
    const part = reference.Ref === undefined ? undefined : parts[reference.Ref];
    return part ? `${pathOf(part.Properties.ParentId)}/${part.Properties.PathPart}` : '';
  };
  return Object.values(resources(template, 'AWS::ApiGateway::Method'))
    .filter(({ Properties }) => Properties.HttpMethod !== 'OPTIONS')
    .map(({ Properties }) => ({
      method: Properties.HttpMethod,
      path: pathOf(Properties.ResourceId),
      properties: Properties,
    }));
}
