import { APPLICATION_ROUTES } from '@granary/api';
import { type DeploymentIdentity, type NamedTier, tierShards } from '@granary/manifest';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import { CanaryRelease } from './canary-release';
import { trustOf, vendCredentials } from './credential-vending';
import { DataRole } from './data-role';
import { deploymentSettings, type SettingsForm } from './deployment-settings';
import { watchDeployment } from './deployment-watch';
import { functionOptions } from './function-options';
import { Metering } from './metering';
import { planeDashboard } from './plane-dashboard';
import { ProvisioningRole } from './provisioning-role';
import { RestApi } from './rest-api';
import { serverErrorAlarm } from './server-error-alarm';
import { ServiceFunction } from './service-function';
import { sharedRuntime } from './shared-runtime';
import { TenantRole } from './tenant-role';
import { TenantTables } from './tenant-tables';
import { tenantUsers } from './tenant-users';
import { TierWatch } from './tier-watch';
import { UsageFunction } from './usage-function';
import { addUsagePlans } from './usage-plans';
import { UserFunction } from './user-function';
import { UsersRole } from './users-role';

export interface TenantStackProps extends StackProps, Partial<DeploymentIdentity> {
  readonly application: string;
  /** Pool id or tenant id; a literal or a token. It is in no logical id. */
  readonly deploymentId: string;
  /** Tiers whose tenants the stack serves. */
  readonly tiers: readonly NamedTier[];
  /** The control plane's account, whose onboarding function admits tenants. */
  readonly controlAccount: string;
  /** The control plane's region, where its bus is. */
  readonly controlRegion: string;
  /** The toolchain's account, whose release engine watches new releases. */
  readonly toolchainAccount: string;
  readonly code: FunctionCode;
  /**
   * Whether tenants of several tiers may share it: it has alarms by tier and a dashboard, which would cost too much
   * for each silo.
   * @default false
   */
  readonly pool?: boolean;
  /** @default 'literal' */
  readonly settings?: SettingsForm;
}

/** One deployment of the application plane: a pool that tenants share, or a tenant's silo. */
export class TenantStack extends Stack {
  /** What the registration step reads: environment variable -> output. */
  readonly registration: Readonly<Record<string, CfnOutput>>;
  /** What tenants' sessions reach: grant it further tables and prefixes of buckets. */
  readonly tenantRole: TenantRole;

  constructor(scope: Construct, id: string, props: TenantStackProps) {
    super(scope, id, props);
    const {
      application,
      controlAccount,
      controlRegion,
      toolchainAccount,
      credentialVending = 'authorizer',
      pool = false,
    } = props;
    const { deploymentId, tiers, identity, code } = deploymentSettings(
      this,
      { ...props, identity: props.identity },
      props.settings ?? 'literal',
    );
    const apiName = `${application}-${deploymentId}`;
    const tables = new TenantTables(this, 'Tables');
    const release = new CanaryRelease(this, 'Release', { alarms: [serverErrorAlarm(this, apiName)] });
    const shared = { code, release, layers: sharedRuntime(this, code) };
    const users = tenantUsers(this, { ...shared, credentialVending, identity });
    const authorizer = new ServiceFunction(this, 'Authorizer', {
      ...shared,
      entry: 'application-authorizer',
      description: 'Verifies tokens and hands out credentials for one tenant',
      environment: {
        USER_POOL_ID: users.pool.userPoolId,
        USER_POOL_CLIENT_ID: users.client.userPoolClientId,
        TENANT_TABLE_NAME: tables.tenants.tableName,
        USER_TABLE_NAME: tables.users.tableName,
        ...(identity ? { IDENTITY_PROVIDER: identity.json } : {}),
      },
    });
    this.tenantRole = new TenantRole(this, 'TenantRole', {
      trust: trustOf(this, {
        credentialVending,
        identity,
        users,
        authorizer: authorizer.role,
      }),
      tables: [tables.products, tables.orders],
    });
    const vending = vendCredentials(this.tenantRole, authorizer, credentialVending);
    authorizer.allow(['dynamodb:GetItem'], [tables.tenants.tableArn]);
    authorizer.allow(['dynamodb:Query'], [tables.users.tableArn]);
    const TIER_SHARDS = JSON.stringify(tierShards(tiers));
    const { tenantIsolation, reservedConcurrency } = functionOptions(tiers);
    const service = { ...shared, tenantIsolation, reservedConcurrency };
    const product = new ServiceFunction(this, 'Product', {
      ...service,
      entry: 'product',
      description: 'Products of the tenants',
      environment: { PRODUCT_TABLE_NAME: tables.products.tableName, TIER_SHARDS, ...vending },
    });
    const order = new ServiceFunction(this, 'Order', {
      ...service,
      entry: 'order',
      description: 'Orders of the tenants',
      environment: {
        ORDER_TABLE_NAME: tables.orders.tableName,
        PRODUCT_TABLE_NAME: tables.products.tableName,
        TIER_SHARDS,
        ...vending,
      },
    });
    const usage = new UsageFunction(this, 'Usage', { ...shared, tenantIsolation }).service;
    const user = new UserFunction(this, 'User', {
      ...shared,
      tenantIsolation,
      users,
      table: tables.users,
      foreignIdentity: identity !== undefined,
    }).service;
    const rest = new RestApi(this, 'Rest', {
      apiName,
      routes: APPLICATION_ROUTES,
      services: { product: product.alias, order: order.alias, usage: usage.alias, user: user.alias },
      tenantIsolation,
      authorizer: authorizer.alias,
      usageKeys: true,
    });
    const { api } = rest;
    const plans = addUsagePlans(api, apiName, tiers);
    new Metering(this, 'Metering', {
      application,
      controlPlane: { account: controlAccount, region: controlRegion },
      functions: { authorizer, product, order, usage, user },
      api: rest,
      shared,
    });
    const provisioning = new ProvisioningRole(this, 'Provisioning', {
      application,
      deploymentId,
      controlAccount,
      userPool: users.pool,
      tenants: tables.tenants,
      usagePlans: [...plans.values()],
    });
    const rows = { products: tables.products, orders: tables.orders };
    const data = new DataRole(this, 'Data', {
      application,
      deploymentId,
      controlAccount,
      tables: rows,
      tenantRole: this.tenantRole,
    });
    const usersRole = new UsersRole(this, 'UsersRole', {
      application,
      deploymentId,
      controlAccount,
      userPool: users.pool,
      table: tables.users,
    });
    const watched =
      pool &&
      new TierWatch(this, 'TierWatch', { deploymentId, tiers, services: { product, order, usage, user } });
    const watch = watchDeployment(this, {
      application,
      deploymentId,
      toolchainAccount,
      code,
      layers: shared.layers,
      api,
      users,
      tenants: tables.tenants,
      tiers,
      plans,
      foreignIdentity: identity !== undefined,
    });
    for (const [name, value] of Object.entries(watch)) this.output(name, value);
    if (watched) planeDashboard(this, { title: `Deployment ${deploymentId}`, apiName, rows: watched.rows });
    this.registration = {
      API_URL: this.output('ApiUrl', api.url),
      USER_POOL_ID: this.output('UserPoolId', users.pool.userPoolId),
      USER_POOL_CLIENT_ID: this.output('UserPoolClientId', users.client.userPoolClientId),
      PROVISIONING_ROLE_ARN: this.output('ProvisioningRoleArn', provisioning.role.roleArn),
      TENANT_TABLE_NAME: this.output('TenantTableName', tables.tenants.tableName),
      DATA_ROLE_ARN: this.output('DataRoleArn', data.role.roleArn),
      TENANT_ROLE_NAME: this.output('TenantRoleName', this.tenantRole.role.roleName),
      TENANT_ROW_TABLES: this.output(
        'TenantRowTables',
        Object.entries(rows)
          .map(([name, table]) => `${name}=${table.tableName}`)
          .join(','),
      ),
      USERS_ROLE_ARN: this.output('UsersRoleArn', usersRole.role.roleArn),
      USER_TABLE_NAME: this.output('UserTableName', tables.users.tableName),
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
