import {
  DeleteRolePermissionsBoundaryCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Field } from '../field/field';

/** A policy document, as far as mutations change it. */
export interface PolicyDocument {
  Statement: {
    Effect: string;
    Action: string | string[];
    Resource?: unknown;
    Condition?: Record<string, Record<string, unknown>>;
  }[];
}

/**
 * Runs `act` while a role's own policies, or its trust policy, are changed by root; then they are as before. The
 * role's permissions boundary says the same as its policy, so it is off meanwhile: else it would hold in its place.
 */
export async function whileChanged<T>(
  field: Field,
  roleArn: string,
  which: 'policy' | 'trust',
  change: (document: PolicyDocument) => void,
  act: () => Promise<T>,
): Promise<T> {
  const [, , , , account = ''] = roleArn.split(':');
  const RoleName = roleArn.split('/').pop() as string;
  const iam = new IAMClient(field.cloud.clientConfig(account, 'us-east-1'));
  const documents = new Map<string, string>();
  const write = async (name: string, PolicyDocument: string) => {
    if (which === 'trust') await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    else await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: name, PolicyDocument }));
  };
  if (which === 'trust') {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    documents.set('trust', decoded(Role?.AssumeRolePolicyDocument));
  } else {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      documents.set(PolicyName, decoded(PolicyDocument));
    }
  }
  const { Role: role } = await iam.send(new GetRoleCommand({ RoleName }));
  const boundary = which === 'policy' ? role?.PermissionsBoundary?.PermissionsBoundaryArn : undefined;
  try {
    if (boundary) await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    for (const [name, text] of documents) {
      const document = JSON.parse(text) as PolicyDocument;
      change(document);
      await write(name, JSON.stringify(document));
    }
    return await act();
  } finally {
    for (const [name, text] of documents) await write(name, text);
    if (boundary)
      await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: boundary }));
    iam.destroy();
  }
}

/** IAM answers policies URL-encoded. */
function decoded(text = '{}'): string {
  return text.startsWith('%7B') ? decodeURIComponent(text) : text;
}
