import {
  NotFoundProblem,
  type Order,
  type OrderInput,
  type ProblemError,
  type Product,
  type ProductInput,
  parseEntityTag,
  TooManyRequestsProblem,
  type User,
  type UserInput,
  VersionMismatchProblem,
} from '@granary/api';
import type { FakeCall, FakeOperations } from '@granary/browser';

const AT = '2026-11-24T10:00:00.000Z';
const QUOTA = 1000;

/** The day's share is used up, as the gateway says it. */
class QuotaProblem extends TooManyRequestsProblem {
  override readonly headers = { 'Retry-After': '3600' };
}

/** One tenant's application plane in memory. */
export class FakeShop {
  readonly products: Product[] = [];
  readonly orders: Order[] = [];
  readonly users: User[] = [];
  /** Requests of today. */
  used = 12;
  /** Thrown by every operation. @default nothing */
  refuse: ProblemError | undefined;

  get operations(): FakeOperations {
    const operations: FakeOperations = {
      listProducts: () => ({ items: this.products }),
      getProduct: ({ params }) => this.product(String(params.productId)),
      createProduct: ({ body }) => this.addProduct(body as ProductInput),
      updateProduct: (call) => {
        const product = this.product(String(call.params.productId));
        same(product, call);
        return Object.assign(product, call.body as ProductInput, { version: product.version + 1 });
      },
      deleteProduct: (call) => {
        const product = this.product(String(call.params.productId));
        same(product, call);
        this.products.splice(this.products.indexOf(product), 1);
      },
      listOrders: () => ({ items: this.orders }),
      getOrder: ({ params }) =>
        found(
          this.orders.find(({ orderId }) => orderId === params.orderId),
          'order',
        ),
      createOrder: ({ body }) => this.addOrder(body as OrderInput),
      listUsers: () => ({ items: this.users }),
      createUser: ({ body }) => this.addUser(body as UserInput),
      disableUser: ({ params }) => Object.assign(this.user(params.userName), { status: 'disabled' }),
      enableUser: ({ params }) => Object.assign(this.user(params.userName), { status: 'enabled' }),
      getUsage: () => this.usage(),
    };
    return Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, this.counted(operation)]),
    );
  }

  addProduct(input: ProductInput): Product {
    const product = { ...input, ...record(), productId: ulid(this.products.length) };
    this.products.push(product);
    return product;
  }

  addUser({ userName, role }: UserInput): User {
    const user: User = { ...record(), userName, email: userName, role, status: 'enabled' };
    this.users.push(user);
    return user;
  }

  private counted(operation: FakeOperations[string]) {
    return (call: FakeCall) => {
      if (this.refuse) throw this.refuse;
      if (this.used >= QUOTA)
        throw new QuotaProblem('the requests of today are used up; the next ones are served from 00:00 UTC');
      this.used += 1;
      return operation?.(call);
    };
  }

  private addOrder({ orderName, orderProducts }: OrderInput): Order {
    const lines = orderProducts.map((line) => {
      const { name, price } = this.product(line.productId);
      return { ...line, name, price };
    });
    const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    const order = { ...record(), orderName, orderProducts: lines, total, orderId: ulid(this.orders.length) };
    this.orders.push(order);
    return order;
  }

  private usage() {
    const throttle = { burst: 50, rate: 50 };
    const resetsAt = new Date(Date.now() + 3_600_000).toISOString();
    const quota = { requestsPerDay: QUOTA, used: this.used, left: QUOTA - this.used, resetsAt };
    return { day: AT.slice(0, 10), tier: 'basic', throttle, quota, asOf: AT };
  }

  private product(id: string): Product {
    return found(
      this.products.find(({ productId }) => productId === id),
      'product',
    );
  }

  private user(name: unknown): User {
    return found(
      this.users.find(({ userName }) => userName === name),
      'user',
    );
  }
}

function record() {
  return { version: 1, createdAt: AT, updatedAt: AT };
}

function ulid(count: number): string {
  return `01ARZ3NDEKTSV4RRFFQ69G5F${String(count).padStart(2, '0')}`;
}

function found<Item>(item: Item | undefined, what: string): Item {
  if (item) return item;
  throw new NotFoundProblem(`there is no such ${what}`);
}

function same({ version }: { readonly version: number }, { headers }: FakeCall): void {
  if (parseEntityTag(headers['if-match']) !== version)
    throw new VersionMismatchProblem(`it is at version ${version}`);
}
