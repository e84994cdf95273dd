const limits = { throttle: { burst: 50, rate: 50 }, quota: { requestsPerDay: 1000 } };

/** The manifest of rehearsals, as its file. */
export const MANIFEST = JSON.stringify(
  {
    application: 'granary',
    toolchain: {
      account: '111111111111',
      region: 'us-east-1',
      source: { type: 'codecommit', repository: 'granary', branch: 'main' },
    },
    controlPlane: { account: '222222222222', region: 'us-east-1' },
    cells: [
      { id: 'us-1', account: '222222222222', region: 'us-east-1' },
      { id: 'eu-1', account: '333333333333', region: 'eu-west-1' },
    ],
    tiers: {
      basic: { model: 'pool', ...limits },
      premium: { model: 'pool', ...limits },
      platinum: { model: 'silo', ...limits },
    },
    pools: [{ id: 'pool-us', cell: 'us-1' }],
    tenants: [],
    rollout: { waves: [{ name: 'everyone', percentage: 100, bakeMinutes: 15 }] },
  },
  undefined,
  2,
);
