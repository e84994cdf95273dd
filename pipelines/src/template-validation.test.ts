import { type App, CfnResource } from 'aws-cdk-lib';
import { samplePipeline } from './testing/sample';

/** As `cdk synth` does unless told otherwise: the release's own synth leaves it to this test. */
function validate(stack: ReturnType<typeof samplePipeline>): void {
  process.env.CDK_VALIDATION = 'true';
  try {
    (stack.node.root as App).synth();
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
}

test('the CDK’s own check finds no mistake in a template of any class of stack', () => {
  expect(() => validate(samplePipeline())).not.toThrow();
}, 120_000);

test('the check would find one', () => {
  const stack = samplePipeline();
  new CfnResource(stack, 'Wrong', { type: 'AWS::DynamoDB::Table', properties: { KeySchema: 'none' } });
  expect(() => validate(stack)).toThrow('KeySchema');
}, 120_000);
