/** Examples of what callers send, by the name of their schema. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  registrationInputSchema: {
    tenantId: 'acme',
    name: 'Acme Inc',
    tier: 'basic',
    adminEmail: 'admin@acme.example.com',
  },
  tenantInputSchema: {
    tenantId: 'umbrella',
    name: 'Umbrella Corp',
    tier: 'platinum',
    adminEmail: 'admin@umbrella.example.com',
    cell: 'us-1',
  },
  rejectionSchema: { reason: 'no contract yet' },
  limitsSchema: { throttle: { burst: 100, rate: 50 }, quota: { requestsPerDay: 100_000 } },
  meterInputSchema: { meterId: 'pages-printed', unit: 'pages', aggregation: 'sum' },
  redriveInputSchema: { queue: 'outbox', limit: 10 },
  productInputSchema: { sku: 'B-25', name: 'Barley, 25 kg', price: 12.5, category: 'grain' },
  orderInputSchema: {
    orderName: 'First sacks',
    orderProducts: [{ productId: '01J8Z3K5N7P9QRSTVWXYZABCDE', quantity: 3 }],
  },
};
