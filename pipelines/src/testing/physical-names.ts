import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './sample';

/** Property that names a resource, by type; a type that is not here must have none. */
const NAME: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Name',
  'AWS::ApiGateway::UsagePlan': 'UsagePlanName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CodeDeploy::Application': 'ApplicationName',
  'AWS::CodeDeploy::DeploymentGroup': 'DeploymentGroupName',
  'AWS::Cognito::UserPool': 'UserPoolName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::Policy': 'PolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** Types whose names are unique within their parent only. */
const WITHIN_PARENT = new Set(['AWS::IAM::Policy']);

/** Names that a template gives its resources in the account and region, as `type name`. */
export function physicalNames(template: Template): readonly string[] {
  return Object.values(resources(template)).flatMap(({ Type, Properties }) => {
    const property = NAME[Type];
    const name = property === undefined ? undefined : Properties?.[property];
    return name === undefined || WITHIN_PARENT.has(Type) ? [] : [`${Type} ${JSON.stringify(name)}`];
  });
}
