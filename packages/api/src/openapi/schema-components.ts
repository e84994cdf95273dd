import * as z from 'zod';

/** A JSON schema, or a part of one. */
export type JsonSchema = { readonly [key: string]: unknown };

const PLACE = '#/components/schemas/';

/**
 * The schemas of a document: each that has a name becomes a component once, and is referred to. What goes in and what
 * comes out can differ (defaults, unknown fields): then the former's name ends with `Input`.
 */
export class SchemaComponents {
  private readonly names = z.registry<{ id: string }>();
  private readonly found = { input: new Map<string, string>(), output: new Map<string, string>() };

  /** @param named a module's exports: `tenantSchema` becomes the component `Tenant` */
  constructor(named: Readonly<Record<string, unknown>>) {
    for (const [name, schema] of Object.entries(named))
      if (schema instanceof z.ZodType && name.endsWith('Schema') && !this.names.has(schema))
        this.names.add(schema, { id: `${name.charAt(0).toUpperCase()}${name.slice(1, -'Schema'.length)}` });
  }

  /** A schema with references to components; those are final only in what `finish` gives. */
  refer(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const whole = z.toJSONSchema(z.object({ root: schema }), {
      io,
      metadata: this.names,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // What an answer holds may grow.
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
        delete jsonSchema.id;
      },
    }) as unknown as { properties: { root: JsonSchema }; $defs?: Record<string, JsonSchema> };
    for (const [name, definition] of Object.entries(whole.$defs ?? {}))
      this.found[io].set(name, JSON.stringify(marked(definition, io)));
    return marked(whole.properties.root, io);
  }

  /** A document with its references resolved to the components' final names, and those components. */
  finish<Document>(document: Document): { readonly document: Document; readonly schemas: JsonSchema } {
    const differing = this.differing();
    const nameOf = (io: string, name: string) =>
      io === 'input' && differing.has(name) ? (name.endsWith('Input') ? name : `${name}Input`) : name;
    const resolve = (text: string) =>
      JSON.parse(
        text.replaceAll(/"granary:(input|output):(\w+)"/g, (_, io, name) => `"${PLACE}${nameOf(io, name)}"`),
      );
    const schemas = (['output', 'input'] as const).flatMap((io) =>
      [...this.found[io]].map(([name, text]) => [nameOf(io, name), resolve(text)] as const),
    );
    return {
      document: resolve(JSON.stringify(document)),
      schemas: Object.fromEntries(schemas.sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  /** Names whose two sides differ, themselves or in what they refer to. */
  private differing(): ReadonlySet<string> {
    const { input, output } = this.found;
    const both = [...input.keys()].filter((name) => output.has(name));
    const plain = (text = '') => text.replaceAll(/granary:(input|output):/g, '');
    const differing = new Set(both.filter((name) => plain(input.get(name)) !== plain(output.get(name))));
    for (let before = -1; before !== differing.size; ) {
      before = differing.size;
      for (const name of both)
        if (
          [...(input.get(name) ?? '').matchAll(/granary:input:(\w+)/g)].some(([, to = '']) =>
            differing.has(to),
          )
        )
          differing.add(name);
    }
    return differing;
  }
}

/** References as `granary:<io>:<name>`, until it is known which names each side gets. */
function marked(schema: JsonSchema, io: 'input' | 'output'): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', `granary:${io}:`) : value,
    ),
  );
}
