import { type FakeApiOptions, type FakeUser, fakeUserPool } from '@granary/browser';
import { sampleFleet } from './sample-fleet';

/** The time that samples are of. */
const AT = '2026-11-02T09:30:00.000Z';
export const PASSWORD = 'Correct-horse-1';
export const OPERATOR: FakeUser = {
  email: 'olivia@granary.example.com',
  password: PASSWORD,
  role: 'SystemAdmin',
};
/** Administers Larkspur. */
export const LAURA: FakeUser = {
  email: 'laura@larkspur.example.com',
  password: PASSWORD,
  role: 'TenantAdmin',
  tenantId: 'larkspur',
};

const TENANTS = [
  ['acme', 'Acme', 'platinum', 'silo'],
  ['globex', 'Globex', 'platinum', 'silo'],
  ['initech', 'Initech', 'platinum', 'silo'],
  ['juniper', 'Juniper', 'basic', 'pool'],
  ['larkspur', 'Larkspur', 'standard', 'pool'],
  ['sorrel', 'Sorrel', 'premium', 'pool'],
  ['umbrella', 'Umbrella', 'platinum', 'silo'],
] as const;
const PRODUCTS = [
  ['Wholemeal spelt flour', 'FL-010', 'Flour', 3.4],
  ['Rolled oats', 'OA-002', 'Flakes', 2.15],
  ['Pearl barley', 'BA-001', 'Grain', 2.6],
  ['Einkorn, whole', 'EI-004', 'Grain', 5.2],
  ['Rye flour, coarse', 'FL-022', 'Flour', 2.95],
] as const;

const id = (index: number) => `01JB${String(index).padStart(22, '0')}`;
const kept = { version: 1, createdAt: AT, updatedAt: AT };

export const products = PRODUCTS.map(([name, sku, category, price], index) => ({
  ...{ ...kept, productId: id(index), name, sku, category, price },
}));

const orders = [
  ['Bakery Lindt, November', 40],
  ['Mill Street Café', 6],
].map(([orderName, quantity], index) => {
  const { productId, name, price } = products[index] as (typeof products)[number];
  return {
    ...{ ...kept, orderId: id(100 + index), orderName },
    orderProducts: [{ productId, name, price, quantity }],
    total: Math.round(Number(quantity) * price * 100) / 100,
  };
});

const limits = (burst: number, rate: number, requestsPerDay: number) => ({
  throttle: { burst, rate },
  quota: { requestsPerDay },
});

/** A platform at work, as far as the pages ask: everything is there, nothing goes wrong. */
export function samplePlatform(): FakeApiOptions {
  const tenants = TENANTS.map(([tenantId, name, tier, model]) => ({
    ...{ tenantId, name, tier, model, status: 'active', createdAt: AT, updatedAt: AT },
    deploymentId: model === 'silo' ? tenantId : 'pool-us',
    adminEmail: `admin@${tenantId}.example.com`,
  }));
  return {
    userPool: fakeUserPool([OPERATOR, LAURA]),
    control: {
      ...sampleFleet(),
      listTenants: () => ({ items: tenants }),
      listPlans: () => ({
        plans: [
          { tier: 'basic', model: 'pool', limits: limits(10, 5, 1_000) },
          { tier: 'standard', model: 'pool', limits: limits(50, 20, 10_000) },
          { tier: 'platinum', model: 'silo', limits: limits(500, 200, 1_000_000) },
        ],
      }),
    },
    application: {
      listProducts: () => ({ items: products }),
      listOrders: () => ({ items: orders }),
      getUsage: () => ({
        ...{ day: '2026-11-02', tier: 'standard', throttle: { burst: 50, rate: 20 }, asOf: AT },
        quota: { requestsPerDay: 10_000, used: 6_420, left: 3_580, resetsAt: '2026-11-03T00:00:00.000Z' },
      }),
    },
  };
}
