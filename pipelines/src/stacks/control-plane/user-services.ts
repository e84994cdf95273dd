import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { roleArn, userManagerRoleName, usersRoleName } from '../../names';
import { acknowledge } from '../acknowledge';
import { ControlTable } from '../control-table';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';
import { ACCOUNT_ACTIONS, USER_ROW_ACTIONS } from '../user-function';
import type { UserPool } from '../user-pool';

export interface UserServicesProps {
  readonly application: string;
  /** Accounts of the cells, whose users roles are assumed. */
  readonly deploymentAccounts: readonly string[];
  readonly operators: UserPool;
  /** The control table. */
  readonly table: Table;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/** Partition of the operators in the control table: no other row of it can be reached by those who manage them. */
const OPERATOR_ROWS = {
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['OPERATORS'] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
};

/** Operators manage operators and tenants' people, and are let into tenants for a time, which the clock ends. */
export class UserServices extends Construct {
  readonly operator: ServiceFunction;
  readonly tenantUser: ServiceFunction;
  readonly sweep: ServiceFunction;

  constructor(scope: Construct, id: string, props: UserServicesProps) {
    super(scope, id);
    const { application, operators, table, shared } = props;
    const CONTROL_TABLE_NAME = table.tableName;
    // Less than the lease of a change.
    const timeout = Duration.seconds(28);
    this.operator = new ServiceFunction(this, 'Operator', {
      ...shared,
      entry: 'operator',
      description: 'Manages the operators',
      environment: { CONTROL_TABLE_NAME, USER_POOL_ID: operators.pool.userPoolId },
      timeout,
    });
    this.operator.allow(ACCOUNT_ACTIONS, [operators.pool.userPoolArn]);
    allowOperatorRows(this.operator, table, USER_ROW_ACTIONS);
    // Lines for the audit log.
    this.operator.allow(['dynamodb:PutItem'], [table.tableArn]);
    this.tenantUser = new ServiceFunction(this, 'TenantUser', {
      ...shared,
      entry: 'tenant-user',
      description: 'Manages the users of tenants and lets operators into tenants',
      roleName: userManagerRoleName(application, 'service'),
      environment: { CONTROL_TABLE_NAME },
      timeout,
    });
    this.tenantUser.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
    this.sweep = new ServiceFunction(this, 'Sweep', {
      ...shared,
      entry: 'support-sweep',
      description: 'Deletes the users of support accesses that are over',
      roleName: userManagerRoleName(application, 'sweep'),
      environment: { CONTROL_TABLE_NAME },
      timeout: Duration.minutes(5),
    });
    this.sweep.allow(['dynamodb:Query'], [table.tableArn]);
    for (const each of [this.tenantUser, this.sweep]) {
      each.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], [table.tableArn]);
      this.allowDeployments(each, props);
    }
    new Rule(this, 'Clock', {
      description: 'Ends support accesses that are over',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(this.sweep.alias, { retryAttempts: 0 })],
    });
  }

  private allowDeployments(
    service: ServiceFunction,
    { application, deploymentAccounts }: UserServicesProps,
  ): void {
    const { partition } = Stack.of(this);
    const anyDeployment = usersRoleName(application, '*');
    service.allow(
      ['sts:AssumeRole'],
      deploymentAccounts.map((account) => roleArn(partition, account, anyDeployment)),
    );
    for (const account of deploymentAccounts)
      acknowledge(
        service.role,
        `AwsSolutions-IAM5[Resource::arn:aws:iam::${account}:role/${anyDeployment}]`,
        'Deployments come and go with the manifest; their roles share this name, in the accounts of the cells only.',
      );
  }
}

/** Lets a function at the operators' rows of the control table and at no others. */
export function allowOperatorRows(service: ServiceFunction, table: Table, actions: readonly string[]): void {
  service.role.addToPolicy(
    new PolicyStatement({
      actions: [...actions],
      resources: [table.tableArn],
      conditions: OPERATOR_ROWS,
    }),
  );
}
