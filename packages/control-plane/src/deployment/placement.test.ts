import fc from 'fast-check';
import { type Candidate, choosePool, POOL_CAPACITY } from './placement';

const pool = fc.record({
  deploymentId: fc.stringMatching(/^pool-[a-z]{1,4}$/),
  tenants: fc.nat(5),
  usagePlanIds: fc.dictionary(fc.constantFrom('basic', 'premium'), fc.constant('plan')),
});
const pools = fc.uniqueArray(pool, { selector: ({ deploymentId }) => deploymentId });

test('the chosen pool serves the tier, and no other such pool is emptier or equal with a smaller id', () => {
  fc.assert(
    fc.property(pools, (candidates: Candidate[]) => {
      const serving = candidates.filter(({ usagePlanIds }) => usagePlanIds.basic);
      const chosen = choosePool(candidates, 'basic');
      expect(chosen === undefined).toBe(serving.length === 0);
      for (const other of serving) {
        expect(other.tenants).toBeGreaterThanOrEqual(chosen?.tenants as number);
        if (other.tenants === chosen?.tenants) expect(other.deploymentId >= chosen.deploymentId).toBe(true);
      }
    }),
  );
});

test('the order in which pools are listed does not matter', () => {
  fc.assert(
    fc.property(pools, (candidates) => {
      expect(choosePool([...candidates].reverse(), 'basic')).toEqual(choosePool(candidates, 'basic'));
    }),
  );
});

test('a tier named like something that every object has is served by no pool', () => {
  expect(
    choosePool([{ deploymentId: 'pool-us', tenants: 0, usagePlanIds: {} }], 'constructor'),
  ).toBeUndefined();
});

test('a full pool takes nobody', () => {
  const full = { deploymentId: 'pool-us', tenants: POOL_CAPACITY, usagePlanIds: { basic: 'plan' } };
  expect(choosePool([full], 'basic')).toBeUndefined();
  expect(choosePool([{ ...full, tenants: POOL_CAPACITY - 1 }], 'basic')).toBeDefined();
});
