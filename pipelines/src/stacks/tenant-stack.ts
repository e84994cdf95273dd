import { APPLICATION_ROUTES } from '@granary/api';
import { type NamedTier, tierShards } from '@granary/manifest';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { StringAttribute } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import { CanaryRelease } from './canary-release';
import { ProvisioningRole } from './provisioning-role';
import { RestApi } from './rest-api';
import { serverErrorAlarm } from './server-error-alarm';
import { ServiceFunction } from './service-function';
import { sharedRuntime } from './shared-runtime';
import { TenantRole } from './tenant-role';
import { TenantTables } from './tenant-tables';
import { addUsagePlans } from './usage-plans';
import { UserPool } from './user-pool';

export interface TenantStackProps extends StackProps {
  readonly application: string;
  /** Pool id or tenant id; a literal or a token. It is in no logical id. */
  readonly deploymentId: string;
  /** Tiers whose tenants the stack serves. */
  readonly tiers: readonly NamedTier[];
  /** The control plane's account, whose onboarding function admits tenants. */
  readonly controlAccount: string;
  readonly code: FunctionCode;
}

/** One deployment of the application plane: a pool that tenants share, or a tenant's silo. */
export class TenantStack extends Stack {
  /** What the registration step reads: environment variable -> output. */
  readonly registration: Readonly<Record<string, CfnOutput>>;

  constructor(scope: Construct, id: string, props: TenantStackProps) {
    super(scope, id, props);
    const { application, deploymentId, tiers, controlAccount, code } = props;
    const apiName = `${application}-${deploymentId}`;
    const users = new UserPool(this, 'Users', {
      claims: {
        // Set once, with the user; the other two change with the person's work and the tenant's plan.
        tenantId: new StringAttribute({ mutable: false, minLen: 3, maxLen: 32 }),
        userRole: new StringAttribute({ mutable: true, maxLen: 32 }),
        tenantTier: new StringAttribute({ mutable: true, maxLen: 31 }),
      },
    });
    const tables = new TenantTables(this, 'Tables');
    const release = new CanaryRelease(this, 'Release', { alarms: [serverErrorAlarm(this, apiName)] });
    const shared = { code, release, layers: sharedRuntime(this, code) };
    const authorizer = new ServiceFunction(this, 'Authorizer', {
      ...shared,
      entry: 'application-authorizer',
      description: 'Verifies tokens and hands out credentials for one tenant',
      environment: {
        USER_POOL_ID: users.pool.userPoolId,
        USER_POOL_CLIENT_ID: users.client.userPoolClientId,
        TENANT_TABLE_NAME: tables.tenants.tableName,
      },
    });
    const tenantRole = new TenantRole(this, 'TenantRole', {
      authorizer: authorizer.role,
      tables: [tables.products, tables.orders],
    }).role;
    authorizer.function.addEnvironment('TENANT_ROLE_ARN', tenantRole.roleArn);
    authorizer.allow(['sts:AssumeRole', 'sts:TagSession'], [tenantRole.roleArn]);
    authorizer.allow(['dynamodb:GetItem'], [tables.tenants.tableArn]);
    const TIER_SHARDS = JSON.stringify(tierShards(tiers));
    const product = new ServiceFunction(this, 'Product', {
      ...shared,
      entry: 'product',
      description: 'Products of the tenants',
      environment: { PRODUCT_TABLE_NAME: tables.products.tableName, TIER_SHARDS },
    });
    const order = new ServiceFunction(this, 'Order', {
      ...shared,
      entry: 'order',
      description: 'Orders of the tenants',
      environment: {
        ORDER_TABLE_NAME: tables.orders.tableName,
        PRODUCT_TABLE_NAME: tables.products.tableName,
        TIER_SHARDS,
      },
    });
    const { api } = new RestApi(this, 'Rest', {
      apiName,
      routes: APPLICATION_ROUTES,
      services: { product: product.alias, order: order.alias },
      authorizer: authorizer.alias,
      usageKeys: true,
    });
    const plans = addUsagePlans(api, apiName, tiers);
    const provisioning = new ProvisioningRole(this, 'Provisioning', {
      application,
      deploymentId,
      controlAccount,
      userPool: users.pool,
      tenants: tables.tenants,
      usagePlans: [...plans.values()],
    });
    this.registration = {
      API_URL: this.output('ApiUrl', api.url),
      USER_POOL_ID: this.output('UserPoolId', users.pool.userPoolId),
      USER_POOL_CLIENT_ID: this.output('UserPoolClientId', users.client.userPoolClientId),
      PROVISIONING_ROLE_ARN: this.output('ProvisioningRoleArn', provisioning.role.roleArn),
      TENANT_TABLE_NAME: this.output('TenantTableName', tables.tenants.tableName),
      // Not JSON: the pipeline puts outputs into JSON without escaping them.
      USAGE_PLAN_IDS: this.output(
        'UsagePlanIds',
        [...plans].map(([tier, plan]) => `${tier}=${plan.usagePlanId}`).join(','),
      ),
    };
  }

  private output(name: string, value: string): CfnOutput {
    return new CfnOutput(this, name, { value });
  }
}
