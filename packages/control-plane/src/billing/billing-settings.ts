import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { BillingSettingsError } from './billing-error';
import { stripeSettingsSchema } from './stripe/stripe-settings';

const settingsSchema = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('ledger') }),
  stripeSettingsSchema,
]);
export type BillingSettings = z.output<typeof settingsSchema>;

/**
 * Who bills, as the parameter says it; the ledger when there is none.
 * @throws BillingSettingsError naming what is wrong with it
 */
export async function readBillingSettings(client: SSMClient, name: string): Promise<BillingSettings> {
  const text = await client.send(new GetParameterCommand({ Name: name })).then(
    ({ Parameter }) => Parameter?.Value ?? '',
    (error: unknown) => {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    },
  );
  return text === undefined ? { provider: 'ledger' } : parseBillingSettings(text, name);
}

export function parseBillingSettings(text: string, name: string): BillingSettings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BillingSettingsError(`parameter ${name} is no JSON; write {"provider": "ledger"}`, { cause });
  }
  const parsed = settingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'provider'}: ${message}`,
  );
  throw new BillingSettingsError(`parameter ${name}: ${faults.join('; ')}`);
}
