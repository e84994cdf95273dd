import { CANARY_TENANT_ID } from '@granary/api';
import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { ApiKey, CfnUsagePlanKey, type RestApi, type UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import { STAGE } from './rest-api';
import { ServiceFunction } from './service-function';
import type { UserPool } from './user-pool';

export interface CanaryFunctionProps {
  readonly code: FunctionCode;
  readonly layers: readonly ILayerVersion[];
  readonly api: RestApi;
  readonly users: UserPool;
  /** The directory of the deployment's tenants. */
  readonly tenants: ITable;
  /** What the canary buys, and the plan that its key is on. */
  readonly tier: string;
  readonly plan: UsagePlan;
  /** Whether the deployment takes another issuer's tokens: then the canary cannot sign in. */
  readonly foreignIdentity: boolean;
}

/**
 * The deployment's canary: a user of a tenant that exists for it alone. It is a function of the deployment, since
 * the right to make users cannot be narrowed to one user: outside it would open every tenant.
 */
export class CanaryFunction extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, props: CanaryFunctionProps) {
    super(scope, id);
    const { api, users, tenants, tier, plan, foreignIdentity, ...shared } = props;
    const key = new ApiKey(this, 'Key', { description: 'Counts the requests of the canary' });
    // By itself: the usage plan would name it by the key's path, which holds the deployment's id.
    new CfnUsagePlanKey(this, 'PlanKey', {
      keyId: key.keyId,
      keyType: 'API_KEY',
      usagePlanId: plan.usagePlanId,
    });
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'canary',
      description: 'Trades as a tenant of its own while a release is new',
      environment: {
        // With the place left open: a function's version is named by what its environment is in the template.
        API_URL: `https://${api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${STAGE}/`,
        USER_POOL_ID: users.pool.userPoolId,
        USER_POOL_CLIENT_ID: users.client.userPoolClientId,
        TENANT_TABLE_NAME: tenants.tableName,
        USAGE_KEY_ID: key.keyId,
        TIER: tier,
        CANARY: foreignIdentity ? 'visitor' : 'user',
      },
      memorySize: 256,
      timeout: Duration.seconds(45),
    });
    if (!foreignIdentity) this.allowSignIn(key, users, tenants);
  }

  private allowSignIn(key: ApiKey, users: UserPool, tenants: ITable): void {
    const { partition, region } = Stack.of(this);
    this.service.allow(
      ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminSetUserPassword'],
      [users.pool.userPoolArn],
    );
    this.service.allow(['apigateway:GET'], [`arn:${partition}:apigateway:${region}::/apikeys/${key.keyId}`]);
    this.service.role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:UpdateItem'],
        resources: [tenants.tableArn],
        conditions: {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [CANARY_TENANT_ID] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
  }
}
