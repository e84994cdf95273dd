import type { TenantIsolation } from '@granary/manifest';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type ILayerVersion,
  Function as LambdaFunction,
  Runtime,
  TenancyConfig,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import type { FunctionEntry } from '../function-entries';
import { LIVE } from '../names';
import { acknowledge } from './acknowledge';
import type { CanaryRelease } from './canary-release';

export interface ServiceFunctionProps {
  readonly entry: FunctionEntry;
  readonly code: FunctionCode;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @default none */
  readonly layers?: readonly ILayerVersion[];
  /** How a new version takes over. @default at once */
  readonly release?: CanaryRelease;
  /** Physical name. @default CloudFormation's */
  readonly functionName?: string;
  /** Physical name of the execution role. @default CloudFormation's */
  readonly roleName?: string;
  /** In MB. @default 512 */
  readonly memorySize?: number;
  /** @default 10 seconds */
  readonly timeout?: Duration;
  /** Environments that no other function of the account can take. @default none: shares the account's */
  readonly reservedConcurrency?: number | undefined;
  /**
   * Whether an environment serves one tenant only: then every call has to name the tenant. Set for good when the
   * function is made; a change replaces it. @default 'shared'
   */
  readonly tenantIsolation?: TenantIsolation;
}

/**
 * One function as every plane runs it: called by its alias `live` only, which a canary shifts to each new
 * version where there is one; a role that may write its own logs and traces and nothing else until told.
 */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly alias: Alias;
  readonly role: Role;
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.logs = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Runs ${props.entry}`,
      ...(props.roleName ? { roleName: props.roleName } : {}),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logs.logGroupArn],
      }),
    );
    this.function = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code.of(props.entry),
      description: props.description,
      environment: { ...props.environment },
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout ?? Duration.seconds(10),
      tracing: Tracing.ACTIVE,
      logGroup: this.logs,
      role: this.role,
      layers: [...(props.layers ?? [])],
      ...(props.functionName ? { functionName: props.functionName } : {}),
      ...(props.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.tenantIsolation === 'per-tenant' ? { tenancyConfig: TenancyConfig.PER_TENANT } : {}),
    });
    this.alias = new Alias(this, 'Live', { aliasName: LIVE, version: this.function.currentVersion });
    acknowledge(
      this.role,
      'AwsSolutions-IAM5[Resource::*]',
      'X-Ray takes traces without naming a resource: its two write actions have no resource type.',
    );
    acknowledge(
      this.function,
      'AwsSolutions-L1',
      'Node 22 is what the workspace is built and tested with; moving on is a change of its own.',
    );
    props.release?.of(this);
  }

  /** Lets the function do the actions on the resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
