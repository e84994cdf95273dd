import type { App } from 'aws-cdk-lib';
import { findings } from './testing/nag';
import { samplePipeline } from './testing/sample';

test('AWS’s rules find nothing in any stack that is not explained', () => {
  const stack = samplePipeline();
  (stack.node.root as App).synth();
  expect(findings(stack.node.root)).toEqual([]);
}, 60_000);
