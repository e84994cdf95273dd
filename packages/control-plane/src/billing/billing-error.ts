import { ControlPlaneError } from '../control-plane-error';

/** The provider refused, or could not be asked. Its message is for the log and the operators; it holds no key. */
export class BillingProviderError extends ControlPlaneError {
  readonly name = 'BillingProviderError';
}

/** The settings of billing do not fit. */
export class BillingSettingsError extends ControlPlaneError {
  readonly name = 'BillingSettingsError';
}
