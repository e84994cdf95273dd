import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import {
  deploymentFunctionName,
  onboardingRoleName,
  provisioningRoleName,
  registrarRoleName,
  roleArn,
} from '../names';
import { acknowledge, logicalId } from './acknowledge';
import type { CanaryRelease } from './canary-release';
import { ControlTable } from './control-table';
import { OnboardingMachine } from './onboarding-machine';
import { ServiceFunction, type ServiceFunctionProps } from './service-function';
import { sharedRuntime } from './shared-runtime';
import type { UserPool } from './user-pool';

export interface ControlPlaneFunctionsProps {
  readonly application: string;
  /** Account of the pipeline, whose registrar calls the deployment function. */
  readonly toolchainAccount: string;
  /** Accounts of the cells, whose provisioning roles onboarding assumes. */
  readonly deploymentAccounts: readonly string[];
  /** Model by tier, for sign-up. */
  readonly tiers: Readonly<Record<string, { readonly model: string }>>;
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
  readonly steps: OnboardingMachine;
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
  readonly machine: StateMachine;
  /** By the name that the routes have for it. */
  readonly services: Readonly<Record<string, Alias>>;

  constructor(scope: Construct, id: string, props: ControlPlaneFunctionsProps) {
    super(scope, id);
    const { code, release, table, operators, application } = props;
    const shared = { code, release, layers: sharedRuntime(this, code) };
    const CONTROL_TABLE_NAME = table.tableName;

    const onboarding = new ServiceFunction(this, 'Onboarding', {
      ...shared,
      entry: 'onboarding',
      description: 'Runs one step of a tenant’s onboarding',
      roleName: onboardingRoleName(application),
      environment: { CONTROL_TABLE_NAME, APPLICATION: application },
      timeout: Duration.seconds(60),
    });
    onboarding.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn]);
    this.allowProvisioning(onboarding, props);

    const steps = new OnboardingMachine(this, 'Steps', { onboarding: onboarding.alias });
    this.machine = steps.machine;
    const ONBOARDING_STATE_MACHINE_ARN = this.machine.stateMachineArn;

    this.authorizer = new ServiceFunction(this, 'Authorizer', {
      ...shared,
      entry: 'control-authorizer',
      description: 'Verifies the tokens of operators',
      environment: {
        USER_POOL_ID: operators.pool.userPoolId,
        USER_POOL_CLIENT_ID: operators.client.userPoolClientId,
      },
    });

    this.registration = new ServiceFunction(this, 'Registration', {
      ...shared,
      entry: 'registration',
      description: 'Signs tenants up',
      environment: { CONTROL_TABLE_NAME, ONBOARDING_STATE_MACHINE_ARN, TIERS: JSON.stringify(props.tiers) },
    });
    this.registration.allow(READ_WRITE, [table.tableArn]);
    this.registration.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
    allowOnboarding(this.registration, steps);

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
      environment: { CONTROL_TABLE_NAME, ONBOARDING_STATE_MACHINE_ARN },
      timeout: Duration.seconds(30),
    });
    this.deployment.allow(READ_WRITE, [table.tableArn]);
    allowOnboarding(this.deployment, steps);
    this.services = {
      registration: this.registration.alias,
      tenant: this.tenant.alias,
      quota: this.quota.alias,
    };

    this.deployment.alias.addPermission('Registrar', {
      principal: new ArnPrincipal(
        roleArn(Stack.of(this).partition, props.toolchainAccount, registrarRoleName(application)),
      ),
    });
  }

  private allowProvisioning(
    onboarding: ServiceFunction,
    { application, deploymentAccounts }: ControlPlaneFunctionsProps,
  ): void {
    const { partition } = Stack.of(this);
    const anyDeployment = provisioningRoleName(application, '*');
    onboarding.allow(
      ['sts:AssumeRole'],
      deploymentAccounts.map((account) => roleArn(partition, account, anyDeployment)),
    );
    for (const account of deploymentAccounts)
      acknowledge(
        onboarding.role,
        `AwsSolutions-IAM5[Resource::arn:aws:iam::${account}:role/${anyDeployment}]`,
        'Deployments come and go with the manifest; their roles share this name, in the accounts of the cells only.',
      );
  }
}

function allowOnboarding(service: ServiceFunction, steps: OnboardingMachine): void {
  service.allow(['states:StartExecution'], [steps.machine.stateMachineArn]);
  service.allow(['states:DescribeExecution'], [steps.executions]);
  const { region, account } = Stack.of(service);
  acknowledge(
    service.role,
    `AwsSolutions-IAM5[Resource::arn:aws:states:${region}:${account}:execution:<${logicalId(steps.machine)}.Name>:*]`,
    'The executions of this one machine; each is named by its registration.',
  );
}
