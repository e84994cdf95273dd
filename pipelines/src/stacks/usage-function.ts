import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { ServiceFunction, type ServiceFunctionProps } from './service-function';

export type UsageFunctionProps = Pick<
  ServiceFunctionProps,
  'code' | 'layers' | 'release' | 'tenantIsolation'
>;

/** Tells tenants what they have used. It reads counts and limits of usage plans, and reaches no table. */
export class UsageFunction extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, props: UsageFunctionProps) {
    super(scope, id);
    const { partition, region } = Stack.of(this);
    this.service = new ServiceFunction(this, 'Service', {
      ...props,
      entry: 'usage',
      description: 'What a tenant has used of its quota',
      environment: {},
    });
    const plans = `arn:${partition}:apigateway:${region}::/usageplans`;
    this.service.allow(['apigateway:GET'], [plans, `${plans}/*/usage`]);
    acknowledge(
      this.service.role,
      `AwsSolutions-IAM5[Resource::arn:aws:apigateway:${region}::/usageplans/*/usage]`,
      "The plans of tenants with limits of their own are made at run time: no deployment knows their ids. Counts are asked for by the id of the caller's key, which the authorizer says.",
    );
  }
}
