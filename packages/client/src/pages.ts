import type { CallOptions } from './route-call';

/** One page of a list. */
interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string | undefined;
}

interface PageInput {
  readonly query?: { readonly nextToken?: string; readonly limit?: unknown };
}

/** Pages that are read before a list counts as endless. */
const MAXIMUM_PAGES = 1000;

/**
 * Every item of a list, page after page as they are asked for: `eachItem(client.listTenants, { query: { limit: 50 } })`.
 *
 * @throws RangeError when the list does not end within 1000 pages; ApiError
 */
export async function* eachItem<Input extends PageInput, Item>(
  list: (input: Input, options?: CallOptions) => Promise<ListPage<Item>>,
  input?: NoInfer<Input>,
  options: CallOptions = {},
): AsyncGenerator<Item, void> {
  let nextToken: string | undefined;
  for (let page = 0; page < MAXIMUM_PAGES; page += 1) {
    const query = { limit: 100, ...input?.query, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = await list({ ...input, query } as unknown as Input, options);
    yield* answer.items;
    nextToken = answer.nextToken;
    if (nextToken === undefined) return;
  }
  throw new RangeError(`a list did not end within ${MAXIMUM_PAGES} pages`);
}

/** Every item of a list at once. */
export async function allItems<Input extends PageInput, Item>(
  list: (input: Input, options?: CallOptions) => Promise<ListPage<Item>>,
  input?: NoInfer<Input>,
  options: CallOptions = {},
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of eachItem(list, input, options)) items.push(item);
  return items;
}
