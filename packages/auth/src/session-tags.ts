import * as z from 'zod';
import type { TENANT_SESSION_TAGS } from './session-policy';

/** The tags of a tenant's session. */
export type SessionTags = Readonly<Record<(typeof TENANT_SESSION_TAGS)[number], string>>;

/**
 * The claim of an id token from which STS takes the tags of a session by web identity. Its shape is of the IAM
 * user guide, "Pass session tags in AWS STS", section "Passing session tags using AssumeRoleWithWebIdentity":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 *
 *     "https://aws.amazon.com/tags": {
 *       "principal_tags": { "Project": ["Automation"] },
 *       "transitive_tag_keys": ["Project"]
 *     }
 *
 * Some issuers cannot nest; of them STS takes `https://aws.amazon.com/tags/principal_tags/Project` as well.
 */
export const SESSION_TAGS_CLAIM = 'https://aws.amazon.com/tags';

/** The claim's value. The tags are transitive: a role that a tenant's session assumed would stay the tenant's. */
export function sessionTagsClaim(tags: SessionTags) {
  return {
    principal_tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, [value]])),
    transitive_tag_keys: Object.keys(tags),
  };
}

const one = z.union([z.string(), z.tuple([z.string()]).transform(([only]) => only)]);
const nested = z.object({ [SESSION_TAGS_CLAIM]: z.object({ principal_tags: z.record(z.string(), one) }) });

/** The tags that STS would take from a token's claims; none when it carries none of the shape. */
export function claimedTags(claims: unknown): Readonly<Record<string, string>> {
  const parsed = nested.safeParse(claims);
  if (parsed.success) return parsed.data[SESSION_TAGS_CLAIM].principal_tags;
  const prefix = `${SESSION_TAGS_CLAIM}/principal_tags/`;
  return Object.fromEntries(
    Object.entries(Object(claims)).flatMap(([name, value]) => {
      const tag = name.startsWith(prefix) ? one.safeParse(value) : undefined;
      return tag?.success ? [[name.slice(prefix.length), tag.data] as const] : [];
    }),
  );
}
