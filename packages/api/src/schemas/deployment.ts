import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { tierNameSchema } from './tenant';

const account = z.string().regex(/^\d{12}$/, 'must be a 12-digit account id');

/** What the pipeline tells the control plane of a deployment that it has just made and smoke-tested. */
export const deploymentRegistrationSchema = z.strictObject({
  /** A pool's id, or a silo tenant's. */
  deploymentId: z.string().regex(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/),
  kind: z.enum(['pool', 'silo']),
  account,
  region: z.string().max(32),
  /** Where the release carried it: a wave's name, or `pools`. */
  wave: z.string().max(64),
  /** The commit that the deployment now runs. */
  release: z.string().regex(/^[0-9a-f]{7,64}$/, 'must be a commit id'),
  apiUrl: z.url().max(512),
  userPoolId: z.string().max(128),
  userPoolClientId: z.string().max(128),
  /** The role that the control plane assumes to admit tenants and users. */
  provisioningRoleArn: z.string().max(256),
  /** The deployment's table of tenants, which its authorizer reads. */
  tenantTableName: z.string().max(255),
  /** Usage plan by tier. */
  usagePlanIds: z.record(tierNameSchema, z.string().max(64)),
  /** Where its tenants' rows are, and who may move them. Absent for a release from before there was such a role. */
  data: z
    .strictObject({
      /** The role that copies and removes the rows of one tenant a session. */
      roleArn: z.string().max(256),
      /** The role of the tenants' sessions, whose writes a freeze denies. */
      tenantRoleName: z.string().max(64),
      /** Tables of tenants' rows, by what they hold. */
      tables: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/), z.string().min(3).max(255)),
    })
    .optional(),
  /** Where its users are listed, and who may manage them. Absent for a release from before there was a list. */
  users: z
    .strictObject({
      /** The role that manages the users of the tenants. */
      roleArn: z.string().max(256),
      tableName: z.string().min(3).max(255),
    })
    .optional(),
  /** A silo's tenant; absent for a pool. */
  tenant: z
    .strictObject({
      tenantId: tenantIdSchema,
      name: z.string().min(1).max(120),
      tier: tierNameSchema,
      adminEmail: z.email().max(254),
    })
    .optional(),
});
export type DeploymentRegistration = z.output<typeof deploymentRegistrationSchema>;

/** A deployment, as operators see it. */
export const deploymentSchema = deploymentRegistrationSchema
  .omit({ tenant: true })
  .extend({ firstDeployedAt: z.iso.datetime(), deployedAt: z.iso.datetime() });
export type Deployment = z.output<typeof deploymentSchema>;
