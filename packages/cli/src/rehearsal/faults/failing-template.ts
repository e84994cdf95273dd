import type { Fault } from '../fault';
import { lastCell } from './last-cell';

const IMPORTS = "import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';";
const PLACE = '    const watch = watchDeployment(this, {';

/**
 * A template that every account takes but one: there, it asks for a bucket that the bootstrap has made. Of the silos
 * that share a tier's template, in distributed mode, it shows in none; of the pools in both.
 */
export const failingTemplate: Fault = {
  name: 'failing-template',
  does: 'the template fails in one account',
  subject: 'Ask for a bucket that is there, in one account',
  file: 'pipelines/src/stacks/tenant-stack.ts',
  change: (text, manifest) => {
    if (!text.includes(IMPORTS) || !text.includes(PLACE)) return text;
    return text
      .replace(
        IMPORTS,
        "import { Aws, CfnOutput, CfnResource, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';",
      )
      .replace(
        PLACE,
        `    if (this.account === '${lastCell(manifest).account}')
      new CfnResource(this, 'Taken', {
        type: 'AWS::S3::Bucket',
        properties: { BucketName: \`cdk-hnb659fds-assets-\${Aws.ACCOUNT_ID}-\${Aws.REGION}\` },
      }).applyRemovalPolicy(RemovalPolicy.RETAIN);
${PLACE}`,
      );
  },
  expected: { kind: 'halt', gates: ['deployment'] },
};
