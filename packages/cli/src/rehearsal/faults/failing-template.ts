import type { Fault } from '../fault';
import { lastCell } from './last-cell';

const IMPORTS = "import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';";
const PLACE = '    const watch = watchDeployment(this, {';

/**
 * A template that every account takes but one: there, it asks for a bucket that the bootstrap has made. The account is
 * a condition of the template, so it shows where silos share one too.
 *
 * @param guard before the block that asks for it, in the program that makes the templates
 */
function failingIn(account: string, guard = ''): (text: string) => string {
  return (text) =>
    text.includes(IMPORTS) && text.includes(PLACE)
      ? text
          .replace(
            IMPORTS,
            "import { Aws, CfnCondition, CfnOutput, CfnResource, Fn, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';",
          )
          .replace(
            PLACE,
            `    ${guard}{
      const taken = new CfnResource(this, 'Taken', {
        type: 'AWS::S3::Bucket',
        properties: { BucketName: \`cdk-hnb659fds-assets-\${Aws.ACCOUNT_ID}-\${Aws.REGION}\` },
      });
      taken.applyRemovalPolicy(RemovalPolicy.RETAIN);
      taken.cfnOptions.condition = new CfnCondition(this, 'IsThere', {
        expression: Fn.conditionEquals(Aws.ACCOUNT_ID, '${account}'),
      });
    }
${PLACE}`,
          )
      : text;
}

/** The pools meet it first. */
export const failingTemplate: Fault = {
  name: 'failing-template',
  does: 'the template fails in one account',
  subject: 'Ask for a bucket that is there, in one account',
  file: 'pipelines/src/stacks/tenant-stack.ts',
  change: (text, manifest) => failingIn(lastCell(manifest).account)(text),
  expected: { kind: 'halt', gates: ['deployment'] },
};

/** The pools have nothing of it: it waits for the first wave with a silo in that account. */
export const failingSilo: Fault = {
  ...failingTemplate,
  name: 'failing-silo',
  does: 'the template of the silos fails in one account',
  subject: 'Ask for a bucket that is there, in the silos of one account',
  change: (text, manifest) => failingIn(lastCell(manifest).account, 'if (!pool) ')(text),
};
