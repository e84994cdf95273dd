/** Where the sample catalogue reads a product: a fault that edits it fails whoever reads one. */
export const PRODUCT_SERVICE = 'packages/app-services/src/product/service.ts';

const READ = 'const product = await table.find(productId);';

/** The service with a statement behind its read; without such a read, as it is. */
export function afterRead(text: string, statement: string): string {
  return text.replace(READ, `${READ}\n      ${statement}`);
}

/** A change of the service that nobody notices: what is released differs, and nothing else does. */
export function unnoticed(text: string): string {
  return afterRead(text, "if (productId === 'rehearsed') throw new RangeError('nobody asks for this');");
}
