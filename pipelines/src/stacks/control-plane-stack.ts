import { CONTROL_ROUTES } from '@granary/api';
import { type Manifest, tierModels, tiersOf } from '@granary/manifest';
import { CfnOutput, NestedStack, Stack, type StackProps } from 'aws-cdk-lib';
import { StringAttribute } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import { alarmTopic } from './alarm-topic';
import { CanaryRelease } from './canary-release';
import { ControlPlaneFunctions } from './control-plane-functions';
import { ControlTable } from './control-table';
import { deadLetterAlarms, executionAlarms, slowApiAlarm } from './plane-alarms';
import { planeDashboard } from './plane-dashboard';
import { RestApi } from './rest-api';
import { serverErrorAlarm } from './server-error-alarm';
import { Sites } from './sites/sites';
import { UserPool } from './user-pool';

export interface ControlPlaneStackProps extends StackProps {
  readonly manifest: Manifest;
  readonly code: FunctionCode;
  /** Folder of the pages' build. @default no sites */
  readonly pages?: string | undefined;
}

/** The plane that operates the SaaS: sign-up, tenants, deployments, onboarding. One per application. */
export class ControlPlaneStack extends Stack {
  readonly apiUrl: CfnOutput;

  constructor(scope: Construct, id: string, props: ControlPlaneStackProps) {
    super(scope, id, props);
    const { manifest, code, pages } = props;
    const apiName = `${manifest.application}-control-plane`;
    const operators = new UserPool(this, 'Operators', {
      claims: { userRole: new StringAttribute({ mutable: true, maxLen: 32 }) },
    });
    const { table } = new ControlTable(this, 'Control');
    const release = new CanaryRelease(this, 'Release', { alarms: [serverErrorAlarm(this, apiName)] });
    const functions = new ControlPlaneFunctions(this, 'Functions', {
      manifest,
      application: manifest.application,
      toolchainAccount: manifest.toolchain.account,
      deploymentAccounts: [...new Set(manifest.cells.map(({ account }) => account))],
      tiers: tierModels(tiersOf(manifest)),
      operators,
      table,
      code,
      release,
    });
    // A stack holds 500 resources: the API, which takes several for each route, has one of its own.
    const routes = new NestedStack(this, 'Routes', { description: 'Granary: the API of the control plane' });
    const { api } = new RestApi(routes, 'Rest', {
      apiName,
      routes: CONTROL_ROUTES,
      services: functions.services,
      authorizer: functions.authorizer.alias,
      throttle: { rate: 200, burst: 400 },
      // Anyone may sign up: enough for people, too little for a flood.
      methodThrottles: {
        '/registrations/POST': { throttlingRateLimit: 2, throttlingBurstLimit: 10 },
        '/registrations/{registrationId}/retry/POST': { throttlingRateLimit: 2, throttlingBurstLimit: 10 },
      },
    });
    if (pages !== undefined) {
      const sites = new Sites(this, 'Sites', {
        manifest,
        pages,
        controlUrl: api.url,
        userPoolId: operators.pool.userPoolId,
        userPoolClientId: operators.client.userPoolClientId,
        bus: functions.bus,
        table,
        shared: { code, layers: functions.layers },
      });
      for (const [name, site] of [
        ['Control', sites.control],
        ['Application', sites.application],
      ] as const) {
        new CfnOutput(this, `${name}SiteUrl`, { value: site.origin });
        new CfnOutput(this, `${name}SiteBucket`, { value: site.bucket.bucketName });
      }
    }
    deadLetterAlarms(this);
    executionAlarms(this);
    slowApiAlarm(this, apiName);
    alarmTopic(this);
    planeDashboard(this, { title: 'Control plane', apiName });
    this.apiUrl = new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'UserPoolId', { value: operators.pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: operators.client.userPoolClientId });
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'DeploymentFunctionArn', { value: functions.deployment.alias.functionArn });
  }
}
