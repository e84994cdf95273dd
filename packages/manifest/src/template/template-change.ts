import { isDeepStrictEqual } from 'node:util';
import { STATEFUL_TYPES } from './stateful-types';

/** A CloudFormation template, as far as this looks at it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A stateful resource that a deployment of the new template would take the place of, or out of the stack. */
export interface StatefulChange {
  /** Logical id. */
  readonly resource: string;
  readonly type: string;
  /** `gone`: no resource has its logical id and type. `replaced`: a property differs that cannot change in place. */
  readonly kind: 'gone' | 'replaced';
  /** Those properties, when it is replaced. */
  readonly properties: readonly string[];
}

/**
 * Compares the stateful resources of two templates of one stack. What stands in a template only is compared: of a
 * property whose value comes from a parameter, the change set knows more.
 */
export function statefulChanges(before: Template, after: Template): readonly StatefulChange[] {
  return Object.entries(before.Resources ?? {}).flatMap(([resource, old]): readonly StatefulChange[] => {
    const immutable = own(STATEFUL_TYPES, old.Type);
    if (!immutable) return [];
    const now = own(after.Resources ?? {}, resource);
    if (now?.Type !== old.Type) return [{ resource, type: old.Type, kind: 'gone', properties: [] }];
    const properties = immutable.filter(
      (name) => !isDeepStrictEqual(old.Properties?.[name], now.Properties?.[name]),
    );
    return properties.length === 0 ? [] : [{ resource, type: old.Type, kind: 'replaced', properties }];
  });
}

/** Logical ids and types of what a stack must not lose, sorted. */
export function statefulResources(template: Template): readonly string[] {
  return Object.entries(template.Resources ?? {})
    .filter(([, { Type }]) => Object.hasOwn(STATEFUL_TYPES, Type))
    .map(([id, { Type }]) => `${id} ${Type}`)
    .sort();
}

/** A change with every stack that it is in: tenants of one tier have one template. */
export interface StackedChange extends StatefulChange {
  /** Names of stacks, sorted. */
  readonly stacks: readonly string[];
}

/**
 * Compares the templates of two assemblies, stack by stack. A stack that is in one of them only is no change of a
 * resource.
 *
 * @param before templates by the names of their stacks
 */
export function assemblyChanges(
  before: ReadonlyMap<string, Template>,
  after: ReadonlyMap<string, Template>,
): readonly StackedChange[] {
  const changes = new Map<string, StatefulChange & { readonly stacks: string[] }>();
  for (const [stack, template] of [...before].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const now = after.get(stack);
    for (const change of now ? statefulChanges(template, now) : []) {
      const key = JSON.stringify(change);
      const known = changes.get(key);
      if (known) known.stacks.push(stack);
      else changes.set(key, { ...change, stacks: [stack] });
    }
  }
  return [...changes.values()];
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
