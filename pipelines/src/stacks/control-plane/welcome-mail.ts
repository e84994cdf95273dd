import type { ControlPlane } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ServiceFunction } from '../service-function';

/** Lets a function send the welcome mail by SES, from the one address that the manifest names; without one, nothing. */
export function allowWelcomeMail(service: ServiceFunction, { welcomeFrom }: ControlPlane): void {
  if (welcomeFrom === undefined) return;
  const { partition, region, account } = Stack.of(service);
  // SES knows the address itself, or its whole domain.
  const identities = [welcomeFrom, welcomeFrom.replace(/^.*@/, '')];
  service.role.addToPolicy(
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: identities.map((each) => `arn:${partition}:ses:${region}:${account}:identity/${each}`),
      conditions: { StringEquals: { 'ses:FromAddress': welcomeFrom } },
    }),
  );
  service.function.addEnvironment('WELCOME_FROM', welcomeFrom);
}
