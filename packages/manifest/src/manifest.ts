import type { Rollout } from './rollout-fields';

/**
 * The manifest as the rest of the workspace sees it: parsed, checked, every default filled in.
 * `schema.ts` is the same shape as it may be written; the compiler holds the two together.
 */
export interface Manifest {
  /** Where an editor finds the JSON Schema. @default none */
  readonly $schema?: string;
  /** Prefix of every stack name, for example `granary`. */
  readonly application: string;
  /** Where the pipeline and its source live. */
  readonly toolchain: Toolchain;
  /** Where the control plane lives. */
  readonly controlPlane: ControlPlane;
  /** Accounts and regions that hold the application plane. */
  readonly cells: readonly Cell[];
  /** Plans that tenants buy, by name. */
  readonly tiers: Readonly<Record<string, Tier>>;
  /** Stacks that tenants share. @default none */
  readonly pools: readonly Pool[];
  /** Tenants with a stack of their own. @default none */
  readonly tenants: readonly SiloTenant[];
  /** How a release reaches the silo tenants. */
  readonly rollout: Rollout;
}

export interface Environment {
  /** AWS account id: 12 digits. */
  readonly account: string;
  /** AWS region, for example `us-east-1`. */
  readonly region: string;
}

export interface ControlPlane extends Environment {
  /** Sender of the mail that welcomes a new tenant, known to SES there. @default none is sent */
  readonly welcomeFrom?: string | undefined;
  /** Names of your own for the pages. @default those that CloudFront gives */
  readonly sites?: SiteNames | undefined;
}

export interface SiteNames {
  /** The operators' console. @default CloudFront's */
  readonly control?: SiteAddress | undefined;
  /** Sign-up at the name itself, each tenant's application at `<tenant>.<name>`. @default CloudFront's */
  readonly application?: SiteAddress | undefined;
}

/** A host name for a site, and what proves it. */
export interface SiteAddress {
  /** Such as `granary.example.com`. */
  readonly name: string;
  /** Of the control plane's account, in us-east-1, where CloudFront looks. The application's covers `*.<name>` too. */
  readonly certificateArn: string;
  /** Route 53 zone of the control plane's account that gets the name's records. @default you make them */
  readonly hostedZoneId?: string | undefined;
}

export interface Toolchain extends Environment {
  /** What starts a release. */
  readonly source: Source;
  /** AWS organization of every account: policies name it instead of each account. @default each account is named */
  readonly organization?: string;
}

export type Source = ConnectionSource | CodeCommitSource;

/** A repository at a provider, through an AWS CodeConnections connection. */
export interface ConnectionSource {
  readonly type: 'connection';
  readonly provider: 'github' | 'gitlab';
  readonly connectionArn: string;
  /** Organization, user or (GitLab) group path. */
  readonly owner: string;
  readonly repository: string;
  readonly branch: string;
}

/** A CodeCommit repository in the toolchain's account and region. */
export interface CodeCommitSource {
  readonly type: 'codecommit';
  readonly repository: string;
  readonly branch: string;
}

/** One account and region that holds pools and silo tenants. */
export interface Cell extends Environment {
  readonly id: string;
}

export const TIER_MODELS = ['pool', 'silo'] as const;
/** Whether a tier's tenants share stacks or have one each. */
export type TierModel = (typeof TIER_MODELS)[number];

export interface Tier {
  readonly model: TierModel;
  readonly throttle: Throttle;
  readonly quota: Quota;
  /** Partitions that a tenant's rows of one kind spread over. @default 4 */
  readonly shards: number;
  /** Environments of each service function that the tier brings to its deployment. @default the account's, shared */
  readonly reservedConcurrency?: number;
  /** Whether tenants share a function's environments or each has its own. @default 'shared' */
  readonly tenantIsolation: TenantIsolation;
  /** Who serves the tier's tenants. @default 'granary' */
  readonly applicationPlane: ApplicationPlane;
  /** How a tenant that signs up for this silo tier gets into the manifest. @default by pull request, in the first cell */
  readonly onboarding?: TierOnboarding;
  /** What it costs its tenants. @default nothing */
  readonly price?: TierPrice;
}

/** What a tier costs its tenants, in units of the currency (not cents). */
export interface TierPrice {
  /** ISO 4217. */
  readonly currency: string;
  /** A month. */
  readonly monthly: number;
  /** By meter: `amount` for every `unit` used, in proportion. @default none */
  readonly usage: Readonly<Record<string, { readonly unit: number; readonly amount: number }>>;
}

export const MANIFEST_CHANGES = ['commit', 'pull-request'] as const;
/** How the control plane changes the manifest: at once, or when people merge it. */
export type ManifestChange = (typeof MANIFEST_CHANGES)[number];

export interface TierOnboarding {
  /** @default 'pull-request' */
  readonly change: ManifestChange;
  /** Id of the cell that gets the tier's new tenants. @default the first */
  readonly cell?: string;
}

export const APPLICATION_PLANES = ['granary', 'events'] as const;
/**
 * Who serves the tenants of a tier: our deployments, or an application plane elsewhere that is asked, and answers, by
 * events.
 */
export type ApplicationPlane = (typeof APPLICATION_PLANES)[number];

export const TENANT_ISOLATIONS = ['shared', 'per-tenant'] as const;
/** Whether one environment of a function serves requests of several tenants. */
export type TenantIsolation = (typeof TENANT_ISOLATIONS)[number];

/** What one tenant may send at once. */
export interface Throttle {
  /** Requests that may arrive together. */
  readonly burst: number;
  /** Requests a second, steadily. */
  readonly rate: number;
}

/** What one tenant may send in all. */
export interface Quota {
  readonly requestsPerDay: number;
}

export const CREDENTIAL_VENDINGS = ['authorizer', 'web-identity'] as const;
/** Who asks STS for credentials to a tenant's rows: the authorizer, or each service with the caller's own token. */
export type CredentialVending = (typeof CREDENTIAL_VENDINGS)[number];

/** Who says which person a token stands for, instead of the deployment's own user pool. */
export interface OidcIdentity {
  readonly type: 'oidc';
  /** As it stands in the tokens' `iss`, to the letter. */
  readonly issuer: string;
  /** The client id that the tokens are issued to: their `aud`. */
  readonly audience: string;
  /** Address of the key set. @default what the issuer's `/.well-known/openid-configuration` names */
  readonly jwksUri?: string;
  /** Where the tokens say who someone is. */
  readonly claims: IdentityClaims;
}

/** Names of claims. */
export interface IdentityClaims {
  /** @default 'sub' */
  readonly userId: string;
  /** @default 'email' */
  readonly userName: string;
  /** @default 'userRole' */
  readonly userRole: string;
  /** @default 'tenantId' */
  readonly tenantId: string;
  /** @default 'tier' */
  readonly tier: string;
}

/** How a deployment knows its people and serves them their rows. */
export interface DeploymentIdentity {
  /** @default the deployment's own Cognito user pool */
  readonly identity?: OidcIdentity;
  /** @default 'authorizer' */
  readonly credentialVending: CredentialVending;
}

/** A stack that the tenants of every pool tier share. */
export interface Pool extends DeploymentIdentity {
  readonly id: string;
  /** Id of the cell. */
  readonly cell: string;
}

export const TENANT_STATES = ['active', 'offboarding'] as const;
export type SiloTenantState = (typeof TENANT_STATES)[number];

/** A tenant with a stack of its own. */
export interface SiloTenant extends DeploymentIdentity {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** Name of a silo tier. */
  readonly tier: string;
  /** Id of the cell. */
  readonly cell: string;
  /** An account of its own, in place of its cell's. @default the cell's */
  readonly account?: string;
  /** In place of its cell's. @default the cell's */
  readonly region?: string;
  /** Gets the first TenantAdmin user. */
  readonly adminEmail: string;
  /** Pins the tenant to the wave that names this ring. @default its percentage decides */
  readonly ring?: string;
  /** Holds the tenant at this git commit: releases pass it by. @default every release */
  readonly version?: string;
  /** `offboarding` is a tombstone: no more releases, and the stack goes once its data is purged. @default 'active' */
  readonly state: SiloTenantState;
  /** In place of its tier's. @default the tier's */
  readonly throttle?: Throttle;
  /** In place of its tier's. @default the tier's */
  readonly quota?: Quota;
}
