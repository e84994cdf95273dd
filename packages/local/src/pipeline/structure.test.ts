import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import fc from 'fast-check';
import { NO_CONDITIONS } from './condition';
import { actionGroups, parsePipeline } from './structure';

const ADDRESS = { name: 'p', account: '111111111111', region: 'us-east-1' };

const declaration = (more: Partial<PipelineDeclaration> = {}): PipelineDeclaration => ({
  name: 'p',
  roleArn: 'arn:aws:iam::111111111111:role/p',
  version: 1,
  stages: [
    {
      name: 'Wave1',
      actions: [
        {
          name: 'Deploy',
          actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' },
          runOrder: 2,
          region: 'eu-west-1',
          namespace: 'Acme',
          configuration: { ActionMode: 'CHANGE_SET_EXECUTE' },
        },
        {
          name: 'Prepare',
          actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' },
        },
      ],
    },
  ],
  ...more,
});

test('an action without region and run order has those of the pipeline and 1', () => {
  const [stage] = parsePipeline(declaration(), ADDRESS).stages;
  expect(stage?.actions[1]).toMatchObject({ region: 'us-east-1', runOrder: 1, inputs: [], outputs: [] });
  expect(stage?.actions[0]).toMatchObject({ region: 'eu-west-1', runOrder: 2, namespace: 'Acme' });
});

test('the digest ignores the version and the order of keys, and nothing else', () => {
  const digest = (more: Partial<PipelineDeclaration>) => parsePipeline(declaration(more), ADDRESS).digest;
  expect(digest({ version: 7 })).toBe(digest({}));
  expect(
    parsePipeline(Object.fromEntries(Object.entries(declaration()).reverse()) as never, ADDRESS).digest,
  ).toBe(digest({}));
  expect(digest({ roleArn: 'arn:aws:iam::111111111111:role/q' })).not.toBe(digest({}));
});

test('a pipeline without stages is refused', () => {
  expect(() => parsePipeline(declaration({ stages: [] }), ADDRESS)).toThrow('no role or no stages');
});

test('groups hold every action once, in rising run order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (orders) => {
      const actions = orders.map((runOrder, index) => ({
        ...{ name: `a${index}`, category: 'Build', provider: 'CodeBuild', runOrder },
        ...{ configuration: {}, inputs: [], outputs: [], region: 'us-east-1' },
      }));
      const groups = actionGroups({ name: 's', actions, conditions: NO_CONDITIONS });
      const firsts = groups.map(([first]) => first?.runOrder ?? 0);
      expect(firsts).toEqual([...new Set(orders)].sort((a, b) => a - b));
      expect(groups.flat().length).toBe(orders.length);
      for (const group of groups) expect(new Set(group.map((action) => action.runOrder)).size).toBe(1);
    }),
  );
});
