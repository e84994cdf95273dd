import { type Manifest, tierShards, tiersOf } from '@granary/manifest';
import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias, ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import {
  dataFunctionName,
  deployerRoleName,
  deploymentFunctionName,
  liveArn,
  onboardingRoleName,
  provisioningRoleName,
  registrarRoleName,
  roleArn,
  usersRoleName,
} from '../names';
import { acknowledge } from './acknowledge';
import type { CanaryRelease } from './canary-release';
import { AuditLog } from './control-plane/audit-log';
import { BillingService } from './control-plane/billing-service';
import { ControlPlaneEvents } from './control-plane/event-bus';
import { LifecycleService } from './control-plane/lifecycle-service';
import { MeteringService } from './control-plane/metering-service';
import { ReleaseService } from './control-plane/release-service';
import { allowSource, sourceEnvironment } from './control-plane/source-access';
import { TenantData } from './control-plane/tenant-data';
import { allowOperatorRows, UserServices } from './control-plane/user-services';
import { allowWelcomeMail } from './control-plane/welcome-mail';
import { Workflows } from './control-plane/workflows';
import { ControlTable } from './control-table';
import { ServiceFunction, type ServiceFunctionProps } from './service-function';
import { sharedRuntime } from './shared-runtime';
import type { UserPool } from './user-pool';

export interface ControlPlaneFunctionsProps {
  readonly manifest: Manifest;
  readonly application: string;
  /** Account of the pipeline, whose registrar calls the deployment function. */
  readonly toolchainAccount: string;
  /** Accounts of the cells, whose provisioning roles onboarding assumes. */
  readonly deploymentAccounts: readonly string[];
  /** Model by tier, and who serves it, for sign-up. */
  readonly tiers: Readonly<Record<string, { readonly model: string; readonly applicationPlane?: string }>>;
  readonly operators: UserPool;
  readonly table: Table;
  readonly code: FunctionCode;
  readonly release: CanaryRelease;
}

/** What every service of the control plane is made of: a file beside this one makes each further service of it. */
export interface ControlPlaneContext extends ControlPlaneFunctionsProps {
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
  /** The function that reaches into deployments. */
  readonly onboarding: ServiceFunction;
  readonly workflows: Workflows;
}

export const READ_WRITE = [
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:ConditionCheckItem',
] as const;

/** The control plane's functions and what each may do: docs/control-plane.md, in constructs. */
export class ControlPlaneFunctions extends Construct {
  readonly authorizer: ServiceFunction;
  readonly registration: ServiceFunction;
  readonly tenant: ServiceFunction;
  readonly deployment: ServiceFunction;
  readonly quota: ServiceFunction;
  readonly operation: ServiceFunction;
  readonly workflows: Workflows;
  /** Between the planes. */
  readonly bus: EventBus;
  /** What all functions share. */
  readonly layers: readonly ILayerVersion[];
  /** By the name that the routes have for it. */
  readonly services: Readonly<Record<string, Alias>>;

  constructor(scope: Construct, id: string, props: ControlPlaneFunctionsProps) {
    super(scope, id);
    const { code, release, table, operators, application } = props;
    const shared = { code, release, layers: sharedRuntime(this, code) };
    this.layers = shared.layers;
    const CONTROL_TABLE_NAME = table.tableName;

    const onboarding = new ServiceFunction(this, 'Onboarding', {
      ...shared,
      entry: 'onboarding',
      description: 'Runs the steps of every workflow, and all else that reaches into deployments',
      roleName: onboardingRoleName(application),
      environment: { CONTROL_TABLE_NAME, APPLICATION: application, TIERS: JSON.stringify(props.tiers) },
      timeout: Duration.seconds(60),
    });
    onboarding.allow([...READ_WRITE, 'dynamodb:DeleteItem'], [table.tableArn]);
    // A move chooses among the pools.
    onboarding.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
    this.allowProvisioning(onboarding, props);
    const { partition: home, account, region } = Stack.of(this);
    // By name: the function comes later.
    const rows = liveArn(home, { account, region }, dataFunctionName(application));
    onboarding.allow(['lambda:InvokeFunction'], [rows]);
    onboarding.function.addEnvironment('TENANT_DATA_FUNCTION_ARN', rows);
    allowSource(onboarding, props.manifest);
    allowWelcomeMail(onboarding, props.manifest.controlPlane);
    for (const [name, value] of Object.entries(sourceEnvironment(props.manifest, Stack.of(this).partition)))
      onboarding.function.addEnvironment(name, value);

    const workflows = new Workflows(this, 'Workflows', { application, steps: onboarding });
    this.workflows = workflows;
    const WORKFLOW_MACHINES = workflows.setting;

    this.authorizer = new ServiceFunction(this, 'Authorizer', {
      ...shared,
      entry: 'control-authorizer',
      description: 'Verifies the tokens of operators',
      environment: {
        USER_POOL_ID: operators.pool.userPoolId,
        USER_POOL_CLIENT_ID: operators.client.userPoolClientId,
        USER_TABLE_NAME: table.tableName,
      },
    });
    allowOperatorRows(this.authorizer, table, ['dynamodb:Query']);

    this.registration = new ServiceFunction(this, 'Registration', {
      ...shared,
      entry: 'registration',
      description: 'Signs tenants up',
      environment: { CONTROL_TABLE_NAME, WORKFLOW_MACHINES, TIERS: JSON.stringify(props.tiers) },
    });
    this.registration.allow(READ_WRITE, [table.tableArn]);
    this.registration.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
    workflows.allowStart(this.registration);

    this.operation = new ServiceFunction(this, 'Operation', {
      ...shared,
      entry: 'operation',
      description: 'Tells operators what is done to tenants, and retries or cancels it',
      environment: { CONTROL_TABLE_NAME, WORKFLOW_MACHINES },
    });
    this.operation.allow([...READ_WRITE, 'dynamodb:Query'], [table.tableArn]);
    this.operation.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
    workflows.allowStart(this.operation);
    workflows.allowResume(this.operation);

    this.tenant = new ServiceFunction(this, 'Tenant', {
      ...shared,
      entry: 'tenant',
      description: 'Tells operators of tenants and deployments, and clients of their tenant',
      environment: { CONTROL_TABLE_NAME },
    });
    this.tenant.allow(['dynamodb:GetItem'], [table.tableArn]);
    this.tenant.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);

    // It reaches no deployment: the onboarding function, which does, is asked to.
    this.quota = new ServiceFunction(this, 'Quota', {
      ...shared,
      entry: 'quota',
      description: 'Gives tenants limits of their own',
      environment: { CONTROL_TABLE_NAME, ONBOARDING_FUNCTION_ARN: onboarding.alias.functionArn },
      timeout: Duration.seconds(28),
    });
    this.quota.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn]);
    this.quota.allow(['lambda:InvokeFunction'], [onboarding.alias.functionArn]);

    this.deployment = new ServiceFunction(this, 'Deployment', {
      ...shared,
      entry: 'deployment',
      description: 'Registers deployments; called by the pipeline',
      functionName: deploymentFunctionName(application),
      environment: { CONTROL_TABLE_NAME, WORKFLOW_MACHINES },
      timeout: Duration.seconds(30),
    });
    // A silo whose stack is deleted is listed no more.
    this.deployment.allow([...READ_WRITE, 'dynamodb:DeleteItem'], [table.tableArn]);
    workflows.allowStart(this.deployment);
    workflows.allowResume(this.deployment);
    const audit = new AuditLog(this, 'Audit', { shared });
    const events = new ControlPlaneEvents(this, 'Events', {
      application,
      deploymentAccounts: props.deploymentAccounts,
      table,
      audit,
      machines: workflows.machines,
      shared,
    });
    this.bus = events.bus;

    new TenantData(this, 'TenantData', {
      application,
      deploymentAccounts: props.deploymentAccounts,
      tierShards: tierShards(tiersOf(props.manifest)),
      table,
      shared,
    });
    const lifecycle = new LifecycleService(this, 'Lifecycle', {
      tiers: props.tiers,
      table,
      workflows,
      shared,
    });
    const metering = new MeteringService(this, 'Metering', { table, shared });
    const billing = new BillingService(this, 'Billing', { manifest: props.manifest, table, shared });
    const users = new UserServices(this, 'Users', {
      application,
      deploymentAccounts: props.deploymentAccounts,
      operators,
      table,
      shared,
    });
    const releases = new ReleaseService(this, 'Releases', { manifest: props.manifest, table, shared });
    this.services = {
      registration: this.registration.alias,
      operation: this.operation.alias,
      tenant: this.tenant.alias,
      'tenant-user': users.tenantUser.alias,
      operator: users.operator.alias,
      lifecycle: lifecycle.service.alias,
      quota: this.quota.alias,
      audit: audit.service.alias,
      events: events.service.alias,
      metering: metering.service.alias,
      billing: billing.service.alias,
      release: releases.service.alias,
    };

    // The pipeline's step, and the state machine's function: each registers what it has deployed.
    const registrars = { Registrar: registrarRoleName(application), Deployer: deployerRoleName(application) };
    for (const [id, roleName] of Object.entries(registrars))
      this.deployment.alias.addPermission(id, {
        principal: new ArnPrincipal(roleArn(Stack.of(this).partition, props.toolchainAccount, roleName)),
      });
  }

  private allowProvisioning(
    onboarding: ServiceFunction,
    { application, deploymentAccounts }: ControlPlaneFunctionsProps,
  ): void {
    const { partition } = Stack.of(this);
    // The users role for the people of a tenant that is moved or leaves.
    const ofAnyDeployment = [provisioningRoleName(application, '*'), usersRoleName(application, '*')];
    onboarding.allow(
      ['sts:AssumeRole'],
      deploymentAccounts.flatMap((account) =>
        ofAnyDeployment.map((name) => roleArn(partition, account, name)),
      ),
    );
    for (const account of deploymentAccounts)
      for (const name of ofAnyDeployment)
        acknowledge(
          onboarding.role,
          `AwsSolutions-IAM5[Resource::arn:aws:iam::${account}:role/${name}]`,
          'Deployments come and go with the manifest; their roles share this name, in the accounts of the cells only.',
        );
  }
}
