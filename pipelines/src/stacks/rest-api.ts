import type { Route } from '@granary/api';
import { AUTHORIZER_TTL_SECONDS, CORS_ALLOWED_HEADERS } from '@granary/auth';
import type { TenantIsolation } from '@granary/manifest';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  AwsIntegration,
  Cors,
  EndpointType,
  RestApi as GatewayApi,
  type IAuthorizer,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Alias, CfnPermission, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ACCESS_LOG_FIELDS } from './access-log';
import { acknowledge } from './acknowledge';
import { addGatewayProblems } from './gateway-problems';

export interface RestApiProps {
  /** Shown in the console, and the dimension of the API's metrics. */
  readonly apiName: string;
  readonly routes: readonly Route[];
  /** The function of each service that the routes name. */
  readonly services: Readonly<Record<string, Alias>>;
  /** Says who the caller of a route that is not public is. */
  readonly authorizer: Alias;
  /** Whether callers need the usage key that the authorizer names: quotas per tenant. @default false */
  readonly usageKeys?: boolean;
  /** Whether the functions have to be told the tenant, as the authorizer says it. @default 'shared': no */
  readonly tenantIsolation?: TenantIsolation;
  /** Requests a second of all callers together. @default 1000, and 2000 at once */
  readonly throttle?: { readonly rate: number; readonly burst: number };
  /** Narrower bounds by route, as `/path/METHOD`. @default none */
  readonly methodThrottles?: Readonly<Record<string, MethodDeploymentOptions>>;
}

/** The one stage of every API. */
export const STAGE = 'prod';

/** A REST API that is the route table and nothing else: a route that is not in the table does not exist. */
export class RestApi extends Construct {
  readonly api: GatewayApi;
  readonly accessLogs: LogGroup;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { rate, burst } = props.throttle ?? { rate: 1000, burst: 2000 };
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api = new GatewayApi(this, 'Api', {
      restApiName: props.apiName,
      endpointTypes: [EndpointType.REGIONAL],
      // The role is one per account and region, not one per API: see docs/deploying-to-aws.md.
      cloudWatchRole: false,
      ...(props.usageKeys ? { apiKeySourceType: ApiKeySourceType.AUTHORIZER } : {}),
      defaultCorsPreflightOptions: {
        allowOrigins: Cors.ALL_ORIGINS,
        allowHeaders: [...CORS_ALLOWED_HEADERS],
        allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
        maxAge: Duration.hours(1),
      },
      deployOptions: {
        stageName: STAGE,
        tracingEnabled: true,
        // Bodies and authorizer contexts (credentials!) would go to the log.
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(this.accessLogs),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
        throttlingRateLimit: rate,
        throttlingBurstLimit: burst,
        ...(props.methodThrottles ? { methodOptions: { ...props.methodThrottles } } : {}),
      },
    });
    // The stack names its own outputs.
    this.api.node.tryRemoveChild('Endpoint');
    this.addRoutes(props);
    addGatewayProblems(this.api);
    this.explain();
  }

  /** With a slash at the end: paths are relative to it. */
  get url(): string {
    return this.api.url;
  }

  private addRoutes({
    routes,
    services,
    authorizer: alias,
    usageKeys = false,
    tenantIsolation = 'shared',
  }: RestApiProps): void {
    const authorizer = this.tokenAuthorizer(alias);
    for (const [name, live] of Object.entries(services)) this.allowCalls(name, live, `${STAGE}/*/*`);
    for (const route of routes) {
      const live = services[route.service];
      if (!live) throw new Error(`route "${route.operation}": no function for "${route.service}"`);
      const integration = integrationOf(live, tenantIsolation === 'per-tenant' ? tenantOf(route) : undefined);
      const method = this.api.root
        .resourceForPath(route.path)
        .addMethod(route.method, integration, caller(route, authorizer, usageKeys));
      if (route.access === 'public') explainPublic(method, route);
    }
  }

  // Both permissions are ours: those of the CDK's constructs carry the deployment's id in their logical ids.

  private tokenAuthorizer(alias: Alias): TokenAuthorizer {
    const handler = LambdaFunction.fromFunctionAttributes(this, 'AuthorizerFunction', {
      functionArn: alias.functionArn,
      skipPermissions: true,
    });
    const authorizer = new TokenAuthorizer(this, 'Authorizer', {
      authorizerName: 'tokens',
      handler,
      resultsCacheTtl: Duration.seconds(AUTHORIZER_TTL_SECONDS),
      identitySource: 'method.request.header.Authorization',
      // What is no token costs no call of the authorizer.
      validationRegex: '^(Bearer )?[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$',
    });
    this.allowCalls('authorizer', alias, `authorizers/${authorizer.authorizerId}`);
    return authorizer;
  }

  private allowCalls(name: string, alias: Alias, from: string): void {
    const { partition, region, account } = Stack.of(this);
    const principal = 'apigateway.amazonaws.com';
    const sourceArn = `arn:${partition}:execute-api:${region}:${account}:${this.api.restApiId}/${from}`;
    if (Stack.of(alias) === Stack.of(this)) {
      alias.addPermission('Gateway', { principal: new ServicePrincipal(principal), sourceArn });
      return;
    }
    // Beside the API, not beside the function: an API with a stack of its own keeps all that is for it there.
    new CfnPermission(this, `Gateway-${name}`, {
      action: 'lambda:InvokeFunction',
      functionName: alias.functionArn,
      principal,
      sourceArn,
    });
  }

  private explain(): void {
    acknowledge(
      this.api,
      'AwsSolutions-APIG2',
      'The service handlers check every request by the route table and answer with all violations at once; a model here would answer first, in other words.',
    );
    acknowledge(
      this.api,
      'AwsSolutions-COG4',
      'A Lambda authorizer verifies the tokens: it also reads the status of the tenant and hands out its credentials.',
    );
    acknowledge(
      this.api.deploymentStage,
      'AwsSolutions-APIG3',
      'A web ACL costs a monthly fee per API; throttles, quotas and the authorizer bound what a caller can do. Add one where abuse calls for it.',
    );
    acknowledge(
      this.api.deploymentStage,
      'AwsSolutions-APIG6',
      'Execution logs can hold what the authorizer hands over; access logs, function logs and traces tell the rest.',
    );
  }
}

/** `tenant`: where the gateway finds the tenant that it names to Lambda. */
function integrationOf(alias: Alias, tenant: string | undefined): AwsIntegration {
  const path = `2015-03-31/functions/${alias.functionArn}/invocations`;
  const requestParameters = { 'integration.request.header.X-Amz-Tenant-Id': tenant ?? '' };
  return new AwsIntegration({
    proxy: true,
    service: 'lambda',
    path,
    ...(tenant === undefined ? {} : { options: { requestParameters } }),
  });
}

/** Never from the request itself. Whoever is nobody shares environments that no tenant's id names. */
function tenantOf({ access }: Route): string {
  return access === 'public' ? "'granary:public'" : 'context.authorizer.tenantId';
}

function caller(route: Route, authorizer: IAuthorizer, usageKeys: boolean) {
  return route.access === 'public'
    ? { authorizationType: AuthorizationType.NONE }
    : { authorizer, authorizationType: AuthorizationType.CUSTOM, apiKeyRequired: usageKeys };
}

function explainPublic(method: Construct, { summary }: Route): void {
  acknowledge(method, 'AwsSolutions-APIG4', `Public by the route table: ${summary}`);
}
