import {
  TENANT_FOLDER,
  TENANT_ID_VARIABLE,
  TENANT_LEADING_KEYS,
  TENANT_SESSION_TAGS,
  tenantItemActions,
  tenantObjectActions,
  tenantObjectPrefix,
} from '@granary/auth';
import { Duration, Token } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  ArnPrincipal,
  type CfnRole,
  type IPrincipal,
  type IRole,
  ManagedPolicy,
  PolicyStatement,
  Role,
  SessionTagsPrincipal,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, logicalId } from './acknowledge';

/** Who may take the role: the authorizer's role, or whoever has a token of one issuer for one client. */
export type TenantRoleTrust =
  | { readonly by: 'authorizer'; readonly role: IRole }
  | {
      readonly by: 'token';
      /** ARN of the account's provider of the issuer. */
      readonly providerArn: string;
      /** The issuer without its scheme: what condition keys begin with. */
      readonly host: string;
      readonly audience: string;
    };

export interface TenantRoleProps {
  readonly trust: TenantRoleTrust;
  /** Tables whose partition keys begin with the tenant. */
  readonly tables: readonly ITable[];
}

/** Which part of a table tenants reach besides its rows. */
export interface TenantTableOptions {
  /** Names of indexes whose partition keys begin with the tenant too. @default none */
  readonly indexes?: readonly string[];
}

/** Where in a bucket the tenants have their folders. */
export interface TenantPrefixOptions {
  /** @default 'tenants' */
  readonly folder?: string;
}

/** A session without every tag, or with another one, is no session. */
const TAGGED = {
  StringLike: Object.fromEntries(TENANT_SESSION_TAGS.map((tag) => [`aws:RequestTag/${tag}`, '?*'])),
  'ForAllValues:StringEquals': { 'aws:TagKeys': [...TENANT_SESSION_TAGS] },
};

/**
 * The floor of tenant isolation: a session of this role reaches the rows of the tenant in its tag. Without the
 * tag there is no session; without a leading key there is no answer.
 */
export class TenantRole extends Construct {
  readonly role: Role;
  /**
   * The most that a session may have, whatever policies the role is given at run time: what its own one says. So
   * whoever may give it a policy, to deny a tenant's writes, can widen nothing.
   */
  readonly boundary: ManagedPolicy;
  private readonly shares: readonly Share[];
  private readonly rows: readonly PolicyStatement[];

  constructor(scope: Construct, id: string, props: TenantRoleProps) {
    super(scope, id);
    this.boundary = new ManagedPolicy(this, 'Boundary', {
      description: "The most that a tenant's session may have",
    });
    this.role = new Role(this, 'Role', {
      assumedBy: principalOf(props.trust),
      permissionsBoundary: this.boundary,
      description: 'Rows of the tenant that a session is tagged with',
      maxSessionDuration: Duration.hours(1),
    });
    if (props.trust.by === 'token') trustTokens(this.role, props.trust);
    this.shares = sharesOf(props.trust);
    this.rows = this.shares.map(({ items, condition }) => rowsStatement(items, condition));
    for (const table of props.tables) this.grantTenantTable(table);
    for (const statement of this.rows) this.allow(statement);
  }

  /** Lets a tenant's session at the tenant's rows of a table: those whose partition key begins with its key prefix. */
  grantTenantTable(table: ITable, { indexes = [] }: TenantTableOptions = {}): void {
    const reached = [table.tableArn, ...indexes.map((name) => `${table.tableArn}/index/${name}`)];
    for (const statement of this.rows) statement.addResources(...reached);
  }

  /**
   * Lets a tenant's session at the tenant's objects of a bucket, `tenants/<tenantId>/...`, and at their list. A
   * bucket with a KMS key of its own needs the key granted as well, in the role and in the session policy.
   */
  grantTenantPrefix(bucket: IBucket, { folder = TENANT_FOLDER }: TenantPrefixOptions = {}): void {
    if (!/^[\w-]+(\/[\w-]+)*$/.test(folder))
      throw new Error(
        `tenant prefix: "${folder}" is no folder: write letters, digits, "_", "-" and "/" between`,
      );
    const own = `${tenantObjectPrefix(TENANT_ID_VARIABLE, folder)}*`;
    const tagged = { 'aws:PrincipalTag/TenantId': 'false' };
    for (const { objects, condition } of this.shares)
      this.allow(
        new PolicyStatement({
          actions: objects.filter((action) => action !== LIST),
          resources: [bucket.arnForObjects(own)],
          conditions: { ...condition, Null: tagged },
        }),
      );
    this.allow(
      new PolicyStatement({
        actions: [LIST],
        resources: [bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': [own] }, Null: { 's3:prefix': 'false', ...tagged } },
      }),
    );
    for (const holder of [this.role, this.boundary])
      acknowledge(
        holder,
        `AwsSolutions-IAM5[Resource::${shown(bucket, own)}]`,
        'The objects of one tenant: the variable is the tag of the session.',
      );
  }

  /** One statement for both, which further tables join. */
  private allow(statement: PolicyStatement): void {
    this.role.addToPolicy(statement);
    this.boundary.addStatements(statement);
  }
}

/** How findings write the ARN of objects in a bucket of this stack, or of another by its literal name. */
function shown(bucket: IBucket, keys: string): string {
  const arn = bucket.node.defaultChild
    ? `<${logicalId(bucket)}.Arn>`
    : `arn:<AWS::Partition>:s3:::${bucket.bucketName}`;
  return `${arn}/${keys.replace(TENANT_ID_VARIABLE, `<${TENANT_ID_VARIABLE.slice(2, -1)}>`)}`;
}

const LIST = 's3:ListBucket';

/** Actions that sessions may use under one condition. */
interface Share {
  readonly items: readonly string[];
  readonly objects: readonly string[];
  readonly condition: object;
}

/**
 * The widest role's actions, which the inline policy of a session narrows, when the authorizer alone makes
 * sessions. Whoever has a token can make one without that policy: what only administrators may do is then theirs
 * by the tag of the role.
 */
function sharesOf({ by }: TenantRoleTrust): readonly Share[] {
  const everything = { items: tenantItemActions('TenantAdmin'), objects: tenantObjectActions('TenantAdmin') };
  if (by === 'authorizer') return [{ ...everything, condition: {} }];
  const shared = { items: tenantItemActions('TenantUser'), objects: tenantObjectActions('TenantUser') };
  const others = (all: readonly string[], some: readonly string[]) =>
    all.filter((each) => !some.includes(each));
  return [
    { ...shared, condition: {} },
    {
      items: others(everything.items, shared.items),
      objects: others(everything.objects, shared.objects),
      condition: { StringEquals: { 'aws:PrincipalTag/Role': 'TenantAdmin' } },
    },
  ];
}

function rowsStatement(items: readonly string[], condition: object): PolicyStatement {
  return new PolicyStatement({
    // Each by its name: a wild card would let in Scan and PartiQL, which name no key.
    actions: [...items],
    conditions: {
      ...condition,
      // The separator after the id: without it, tenant `a` would reach tenant `a-b`.
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [TENANT_LEADING_KEYS] },
      // ForAllValues holds for a request without leading keys.
      Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
    },
  });
}

function principalOf(trust: TenantRoleTrust): IPrincipal {
  return trust.by === 'authorizer'
    ? new SessionTagsPrincipal(new ArnPrincipal(trust.role.roleArn).withConditions(TAGGED))
    : new SessionTagsPrincipal(new WebIdentityPrincipal(trust.providerArn, TAGGED));
}

/**
 * Requires the audience too. The condition's key holds the issuer. CloudFormation knows that of a user pool only
 * when it has made the pool, and a template's key cannot be a reference: so the document is then written as text,
 * which CloudFormation takes for a JSON property.
 */
function trustTokens(role: Role, { providerArn, host, audience }: TenantRoleTrust & { by: 'token' }): void {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
    Condition: { ...TAGGED, StringEquals: { [`${host}:aud`]: audience } },
  };
  const resource = role.node.defaultChild as CfnRole;
  const document = { Version: '2012-10-17', Statement: [statement] };
  resource.assumeRolePolicyDocument = Token.isUnresolved(host) ? JSON.stringify(document) : document;
}
