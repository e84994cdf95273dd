import { type DeploymentRegistration, deploymentRegistrationSchema } from '@granary/api';
import * as z from 'zod';
import { InvalidDeploymentError } from './deployment-error';
import { RESERVED_IDS } from './reserved-id';

const deploymentId = z.string().regex(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/);
const checkSchema = z.strictObject({ check: deploymentId });
const receiptSchema = z.strictObject({ receipt: deploymentId });
const retireSchema = z.strictObject({ retire: deploymentId, deletedAt: z.iso.datetime() });

/**
 * Register a deployment, ask how far one is, or whether a silo's tenant has been purged; say that a silo's stack is
 * deleted.
 */
export type DeploymentPayload =
  | { readonly kind: 'register'; readonly registration: DeploymentRegistration }
  | { readonly kind: 'check'; readonly deploymentId: string }
  | { readonly kind: 'receipt'; readonly deploymentId: string }
  | { readonly kind: 'retire'; readonly deploymentId: string; readonly deletedAt: string };

/** @throws InvalidDeploymentError with all that is wrong */
export function parseDeploymentPayload(payload: unknown): DeploymentPayload {
  if (typeof payload === 'object' && payload !== null) {
    if ('check' in payload) return { kind: 'check', deploymentId: parse(checkSchema, payload).check };
    if ('receipt' in payload) return { kind: 'receipt', deploymentId: parse(receiptSchema, payload).receipt };
    if ('retire' in payload) {
      const { retire, deletedAt } = parse(retireSchema, payload);
      return { kind: 'retire', deploymentId: retire, deletedAt };
    }
  }
  const registration = parse(deploymentRegistrationSchema, payload);
  const faults = contradictions(registration);
  if (faults.length > 0) throw new InvalidDeploymentError(faults);
  return { kind: 'register', registration };
}

function parse<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new InvalidDeploymentError(
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`),
  );
}

function contradictions(registration: DeploymentRegistration): string[] {
  const {
    deploymentId,
    kind,
    account,
    region,
    tenant,
    provisioningRoleArn,
    userPoolId,
    usagePlanIds,
    data,
    users,
  } = registration;
  const faults: string[] = [];
  if (RESERVED_IDS.has(deploymentId)) faults.push(`deploymentId: "${deploymentId}" is reserved`);
  if (kind === 'pool' && tenant) faults.push('tenant: a pool has none; leave it out');
  if (kind === 'silo' && tenant?.tenantId !== deploymentId)
    faults.push(`tenant: a silo names its tenant, whose id is "${deploymentId}"`);
  if (tenant && !Object.hasOwn(usagePlanIds, tenant.tier))
    faults.push(`usagePlanIds: there is no plan for the tenant's tier "${tenant.tier}"`);
  if (Object.keys(usagePlanIds).length === 0) faults.push('usagePlanIds: there is no plan at all');
  // A role of another account would let the control plane be led astray.
  const own = new RegExp(`^arn:aws[a-z-]*:iam::${account}:role/[\\w+=,.@/-]{1,192}$`);
  if (!own.test(provisioningRoleArn))
    faults.push(`provisioningRoleArn: must be a role of account ${account}`);
  if (data && !own.test(data.roleArn)) faults.push(`data.roleArn: must be a role of account ${account}`);
  if (users && !own.test(users.roleArn)) faults.push(`users.roleArn: must be a role of account ${account}`);
  if (!userPoolId.startsWith(`${region}_`)) faults.push(`userPoolId: must be a user pool in ${region}`);
  return faults;
}
