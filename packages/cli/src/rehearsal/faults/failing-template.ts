import type { Fault } from '../fault';
import { lastCell } from './last-cell';

const IMPORTS = "import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';";
const PLACE = '    const watch = watchDeployment(this, {';

/** A template that every account takes but one: there, two resources want the same name. */
export const failingTemplate: Fault = {
  name: 'failing-template',
  does: 'the template fails in one account',
  subject: 'Give two parameters one name in an account',
  file: 'pipelines/src/stacks/tenant-stack.ts',
  change: (text, manifest) => {
    if (!text.includes(IMPORTS) || !text.includes(PLACE)) return text;
    return text
      .replace(
        IMPORTS,
        "import { Aws, CfnCondition, CfnOutput, CfnResource, Fn, Stack, type StackProps } from 'aws-cdk-lib';",
      )
      .replace(
        PLACE,
        `    const there = new CfnCondition(this, 'There', {
      expression: Fn.conditionEquals(Aws.ACCOUNT_ID, '${lastCell(manifest).account}'),
    });
    const properties = { Type: 'String', Value: 'rehearsed', Name: \`/\${Aws.STACK_NAME}/rehearsed\` };
    const [first, second] = ['First', 'Second'].map(
      (id) => new CfnResource(this, id, { type: 'AWS::SSM::Parameter', properties }),
    );
    for (const each of [first, second]) each!.cfnOptions.condition = there;
    second!.addDependency(first!);
${PLACE}`,
      );
  },
  expected: { kind: 'halt', gates: ['deployment'] },
};
