import type * as z from 'zod';

/** What is wrong with each field of a form. */
export type Faults<Field extends string> = Readonly<Partial<Record<Field, string>>>;

/**
 * Holds what was typed against the API's own schema.
 *
 * @param words for each field, in place of the schema's
 * @returns `input` when it can be sent; else the words for every field that is wrong
 */
export function checkedDraft<Schema extends z.ZodType, Field extends string>(
  schema: Schema,
  draft: unknown,
  words: Readonly<Record<Field, string>>,
): { readonly input?: z.output<Schema>; readonly faults: Faults<Field> } {
  const parsed = schema.safeParse(draft);
  if (parsed.success) return { input: parsed.data, faults: {} as Faults<Field> };
  const wrong = new Set(parsed.error.issues.map(({ path: [field] }) => field));
  const fields = (Object.keys(words) as Field[]).filter((field) => wrong.has(field));
  return { faults: Object.fromEntries(fields.map((field) => [field, words[field]])) as Faults<Field> };
}
