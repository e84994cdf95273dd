import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import Stripe from 'stripe';
import type { ControlTable } from '../control-table/control-table';
import type { Plans } from './billing-plans';
import { readBillingSettings } from './billing-settings';
import { ledgerProvider } from './ledger/ledger-provider';
import type { BillingProvider } from './provider';
import { stripeProvider } from './stripe/stripe-provider';

/** How long a provider serves before its settings are read again, in milliseconds. */
const KEPT = 60_000;

/** Gives the provider of now: another parameter or another key counts within a minute. */
export type OpenBilling = () => Promise<BillingProvider>;

export interface BillingOptions {
  readonly table: ControlTable;
  readonly plans: Plans;
  /** Name of the parameter that names the provider. */
  readonly parameter: string;
  readonly now: () => Date;
}

/** Opens the provider that the parameter names, by the function's own credentials. */
export function billingOpener({ parameter, ...ledger }: BillingOptions): OpenBilling {
  const parameters = new SSMClient({});
  const secrets = new SecretsManagerClient({});
  let kept: { readonly provider: BillingProvider; readonly at: number } | undefined;

  async function open(): Promise<BillingProvider> {
    const settings = await readBillingSettings(parameters, parameter);
    if (settings.provider === 'ledger') return ledgerProvider(ledger);
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: settings.secretArn }));
    return stripeProvider(stripeClient(SecretString ?? ''), settings);
  }

  return async () => {
    const at = ledger.now().getTime();
    if (!kept || at - kept.at >= KEPT) kept = { provider: await open(), at };
    return kept.provider;
  };
}

/**
 * Stripe's client: it tries again, with the same idempotency key, what the network or a busy Stripe cut off.
 * @param server where Stripe is @default Stripe
 */
export function stripeClient(
  key: string,
  server: Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> = {},
): Stripe {
  return new Stripe(key, { maxNetworkRetries: 2, timeout: 10_000, telemetry: false, ...server });
}
