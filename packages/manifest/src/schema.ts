import * as z from 'zod';
import * as field from './field';
import { LIMITS } from './limits';
import {
  APPLICATION_PLANES,
  CREDENTIAL_VENDINGS,
  MANIFEST_CHANGES,
  type Manifest,
  TENANT_ISOLATIONS,
  TENANT_STATES,
  TIER_MODELS,
} from './manifest';
import { rolloutSchema } from './rollout-schema';

const environment = { account: field.account, region: field.region };

const source = z.discriminatedUnion(
  'type',
  [
    z
      .strictObject({
        type: z.literal('connection'),
        provider: field.oneOf(['github', 'gitlab']),
        connectionArn: field.connectionArn,
        owner: field.owner.describe('Organization, user or (GitLab) group path.'),
        repository: field.repository,
        branch: field.branch,
      })
      .describe('A repository at a provider, through an AWS CodeConnections connection.'),
    z
      .strictObject({ type: z.literal('codecommit'), repository: field.repository, branch: field.branch })
      .describe("A CodeCommit repository in the toolchain's account and region."),
  ],
  { error: 'write one of connection, codecommit' },
);

const siteAddress = z.strictObject({
  name: field.hostName,
  certificateArn: field.certificateArn.describe("Of the control plane's account; covers every name."),
  hostedZoneId: field.hostedZoneId
    .optional()
    .describe("Zone of the control plane's account that gets the records. Without it you make them."),
});

const throttle = z.strictObject({
  burst: field.whole(1, 5000).describe('Requests that may arrive together.'),
  rate: field.number(0.1, 10_000).describe('Requests a second, steadily.'),
});
const quota = z.strictObject({ requestsPerDay: field.whole(1, 1_000_000_000) });

const price = z.strictObject({
  currency: field.currency.describe('ISO 4217.'),
  monthly: field.number(0, 1_000_000).describe('A month, in units of the currency.'),
  usage: z
    .record(
      field.meter,
      z.strictObject({
        unit: field.whole(1, 1_000_000_000).describe('So many, for example 1000.'),
        amount: field.number(0, 1_000_000).describe('What that many cost, in proportion.'),
      }),
    )
    .refine(
      (usage) => Object.keys(usage).length <= LIMITS.pricedMeters,
      `keep at most ${LIMITS.pricedMeters} meters`,
    )
    .meta({ maxProperties: LIMITS.pricedMeters })
    .default({})
    .describe('What is used, by meter.'),
});

const tier = z.strictObject({
  model: field.oneOf(TIER_MODELS).describe("Whether the tier's tenants share stacks or have one each."),
  throttle: throttle.describe('What one tenant may send at once.'),
  quota: quota.describe('What one tenant may send in all.'),
  shards: field
    .whole(1, 64)
    .default(4)
    .describe("Partitions that a tenant's rows of one kind spread over. Fixed once a tenant has rows."),
  reservedConcurrency: field
    .whole(1, 1000)
    .exactOptional()
    .describe('Environments of each service function that the tier brings to its deployment, and at most.'),
  tenantIsolation: field
    .oneOf(TENANT_ISOLATIONS)
    .default('shared')
    .describe('Whether tenants share the environments of a function. A change replaces the functions.'),
  applicationPlane: field
    .oneOf(APPLICATION_PLANES)
    .default('granary')
    .describe('Who serves its tenants: our deployments, or an application plane that is asked by events.'),
  onboarding: z
    .strictObject({
      change: field
        .oneOf(MANIFEST_CHANGES)
        .default('pull-request')
        .describe('Whether the control plane commits the new tenant, or proposes it.'),
      cell: field.slug.exactOptional().describe("Id of the cell that gets the tier's new tenants."),
    })
    .exactOptional()
    .describe('How a tenant that signs up for this silo tier gets into the manifest.'),
  price: price.exactOptional().describe('What the tier costs its tenants. Without it, nothing.'),
});

/** How a pool or silo tenant knows its people. */
const deploymentIdentity = {
  identity: z
    .strictObject({
      type: field.oneOf(['oidc']).describe('An OpenID Connect issuer.'),
      issuer: field.httpsAddress.describe("As it stands in the tokens' `iss`, to the letter."),
      audience: field.audience.describe('The client id that the tokens are issued to: their `aud`.'),
      jwksUri: field.httpsAddress
        .exactOptional()
        .describe("Address of the key set, when the issuer's configuration is not to be asked for it."),
      claims: z
        .strictObject({
          userId: field.claim.default('sub'),
          userName: field.claim.default('email'),
          userRole: field.claim.default('userRole').describe('Holds TenantAdmin or TenantUser.'),
          tenantId: field.claim.default('tenantId'),
          tier: field.claim.default('tier'),
        })
        .prefault({})
        .describe('Names of the claims that say who someone is.'),
    })
    .exactOptional()
    .describe("Whose tokens are accepted, instead of those of the deployment's own user pool."),
  credentialVending: field
    .oneOf(CREDENTIAL_VENDINGS)
    .default('authorizer')
    .describe(
      "Who asks STS for credentials to a tenant's rows: the authorizer, or each service by the token.",
    ),
};

const silo = z.strictObject({
  id: field.deploymentId,
  name: field.displayName.describe('What people call it.'),
  tier: field.slug.describe('Name of a silo tier.'),
  cell: field.slug.describe('Id of the cell.'),
  account: field.account.exactOptional().describe("An account of its own, in place of its cell's."),
  region: field.region.exactOptional().describe("In place of its cell's."),
  adminEmail: field.email.describe('Gets the first TenantAdmin user.'),
  ring: field.slug.exactOptional().describe('Pins the tenant to the wave that names this ring.'),
  version: field.commit.exactOptional().describe('Holds the tenant at this commit: releases pass it by.'),
  state: field
    .oneOf(TENANT_STATES)
    .default('active')
    .describe('`offboarding`: no more releases, and the stack goes once its data is purged.'),
  throttle: throttle.exactOptional().describe("What it may send at once, in place of its tier's."),
  quota: quota.exactOptional().describe("What it may send in all, in place of its tier's."),
  ...deploymentIdentity,
});

/** tenants.json, field by field. What holds between fields is in `rules`. */
export const manifestSchema = z
  .strictObject({
    $schema: z.string({ error: 'write the path of tenants.schema.json' }).max(512).exactOptional(),
    application: field.application.describe('Prefix of every stack name.'),
    toolchain: z
      .strictObject({
        ...environment,
        source: source.describe('What starts a release.'),
        organization: field.organization
          .exactOptional()
          .describe('AWS organization of every account: policies name it instead of each account.'),
      })
      .describe('Where the pipeline and its source live.'),
    controlPlane: z
      .strictObject({
        ...environment,
        welcomeFrom: field.email
          .optional()
          .describe("Sender of the mail that welcomes a new tenant's administrator, known to SES there."),
        sites: z
          .strictObject({
            control: siteAddress.optional().describe("The operators' console."),
            application: siteAddress
              .optional()
              .describe('Sign-up, and below the name the application of each tenant: <tenant>.<name>.'),
          })
          .optional()
          .describe('Names of your own for the pages.'),
      })
      .describe('Where the control plane lives.'),
    cells: z
      .array(z.strictObject({ id: field.slug, ...environment }))
      .min(1)
      .max(LIMITS.cells)
      .describe('Accounts and regions that hold the application plane.'),
    tiers: z
      .record(field.slug, tier)
      .refine((tiers) => Object.keys(tiers).length > 0, 'add a tier')
      .refine((tiers) => Object.keys(tiers).length <= LIMITS.tiers, `keep at most ${LIMITS.tiers} tiers`)
      .meta({
        description: 'Plans that tenants buy, by name.',
        minProperties: 1,
        maxProperties: LIMITS.tiers,
      }),
    pools: z
      .array(
        z.strictObject({
          id: field.deploymentId,
          cell: field.slug.describe('Id of the cell.'),
          ...deploymentIdentity,
        }),
      )
      .max(LIMITS.pools)
      .default([])
      .describe('Stacks that the tenants of every pool tier share.'),
    tenants: z
      .array(silo)
      .max(LIMITS.tenants)
      .default([])
      .describe('Tenants with a stack of their own. A tenant that leaves this list is not deleted.'),
    rollout: rolloutSchema.describe('How a release reaches the silo tenants.'),
  })
  .meta({
    title: 'Granary manifest',
    description: 'Environments, tiers, pools, silo tenants and waves.',
  }) satisfies z.ZodType<Manifest>;

/** A tenant as it may be written: defaults left out. */
export type SiloTenantInput = z.input<typeof silo>;
/** A manifest as it may be written. */
export type ManifestInput = z.input<typeof manifestSchema>;
