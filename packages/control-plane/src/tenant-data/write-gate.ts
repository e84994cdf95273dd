import {
  DeleteRolePolicyCommand,
  type IAMClient,
  LimitExceededException,
  NoSuchEntityException,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { tenantItemActions } from '@granary/auth';
import { TransientTenantDataError } from './tenant-data-error';

/** Lets a tenant's sessions write in one deployment, or not. */
export interface WriteGate {
  /** Fine when it is shut. @throws TransientTenantDataError when too many tenants are shut out at the same time */
  shut(): Promise<void>;
  /** Fine when it is open. */
  open(): Promise<void>;
}

const READS = /:(?:BatchGetItem|ConditionCheckItem|GetItem|Query)$/;

/** Every action by which a tenant's session changes rows. */
export const ROW_WRITES: readonly string[] = tenantItemActions('TenantAdmin').filter(
  (action) => !READS.test(action),
);

/** The inline policy of the tenant role that shuts one tenant out. */
export function freezePolicyName(tenantId: string): string {
  return `frozen-${tenantId}`;
}

/** What it says: a deny, which no allow of any policy outweighs, for the sessions with the tenant's tag. */
export function freezePolicy(tenantId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ROW_WRITES,
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/TenantId': tenantId } },
      },
    ],
  });
}

/**
 * A deny in the tenants' own role: it meets the sessions that are out already, whose credentials nobody can take
 * back, as well as those to come.
 */
export class RoleWriteGate implements WriteGate {
  constructor(
    private readonly iam: Pick<IAMClient, 'send'>,
    private readonly roleName: string,
    private readonly tenantId: string,
  ) {}

  async shut(): Promise<void> {
    try {
      await this.iam.send(
        new PutRolePolicyCommand({
          RoleName: this.roleName,
          PolicyName: freezePolicyName(this.tenantId),
          PolicyDocument: freezePolicy(this.tenantId),
        }),
      );
    } catch (cause) {
      // A role holds 10,240 characters of inline policies: the rows' own, and about thirty of these.
      if (cause instanceof LimitExceededException)
        throw new TransientTenantDataError(
          'too many tenants of this deployment are frozen at the same time; wait until one is thawed',
        );
      throw cause;
    }
  }

  async open(): Promise<void> {
    try {
      await this.iam.send(
        new DeleteRolePolicyCommand({
          RoleName: this.roleName,
          PolicyName: freezePolicyName(this.tenantId),
        }),
      );
    } catch (cause) {
      if (!(cause instanceof NoSuchEntityException)) throw cause;
    }
  }
}
