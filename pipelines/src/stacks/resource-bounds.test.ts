import { CfnResource, Stack } from 'aws-cdk-lib';
import { samplePipeline } from '../testing/sample';

/** CloudFormation refuses a template of more than 500; a stack that comes near is to be split before it is there. */
const BOUND = 450;

test('every stack is well below the resources that CloudFormation takes', () => {
  const all = samplePipeline().node.root.node.findAll();
  const counts = new Map<string, number>();
  for (const each of all.filter((found) => CfnResource.isCfnResource(found))) {
    const { path } = Stack.of(each).node;
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(5);
  expect([...counts].filter(([, count]) => count > BOUND)).toEqual([]);
});
