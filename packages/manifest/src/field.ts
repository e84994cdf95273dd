import * as z from 'zod';

/** What every entry of the manifest is made of. A field's message says what to write there. */

interface TextOptions {
  readonly pattern: RegExp;
  /** @default 253 */
  readonly maximum?: number;
}

function text(advice: string, { pattern, maximum = 253 }: TextOptions) {
  return z.string({ error: advice }).max(maximum, advice).regex(pattern, advice);
}

export function whole(minimum: number, maximum: number) {
  const advice = `write a whole number from ${minimum} to ${maximum}`;
  return z.int({ error: advice }).min(minimum, advice).max(maximum, advice);
}

export function number(minimum: number, maximum: number) {
  const advice = `write a number from ${minimum} to ${maximum}`;
  return z.number({ error: advice }).min(minimum, advice).max(maximum, advice);
}

export const flag = z.boolean({ error: 'write true or false' });

export function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `write one of ${values.join(', ')}` });
}

/** The prefix of stack, role and bucket names, which leaves room for what follows it. */
export const application = text(
  'write 2 to 20 lower-case letters, digits and hyphens, starting with a letter, such as granary',
  { pattern: /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/ },
);

/** Ids of pools and tenants become stack names, host names, tags and keys. */
export const deploymentId = text(
  'write 3 to 32 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
  { pattern: /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/ },
);

/** Names of cells, tiers, waves and rings. */
export const slug = text('write 2 to 31 lower-case letters, digits and hyphens, starting with a letter', {
  pattern: /^[a-z][a-z0-9-]{1,30}$/,
});

export const account = text('write 12 digits in quotes, such as "111111111111"', { pattern: /^\d{12}$/ });

export const organization = text('write the id of an AWS organization, such as o-a1b2c3d4e5', {
  pattern: /^o-[a-z0-9]{10,32}$/,
});

export const region = text('write an AWS region, such as us-east-1', {
  pattern: /^[a-z]{2}(?:-[a-z]{2,12}){1,2}-[1-9]$/,
});

export const logicalId = text('write the logical id of a resource, such as TablesOrdersACF7C9C0', {
  pattern: /^[A-Za-z0-9]{1,255}$/,
  maximum: 255,
});

export const branch = text('write the name of a branch, such as main', {
  pattern: /^(?!.*(?:\.\.|\/\/|\/\.))[A-Za-z0-9_][A-Za-z0-9._/-]{0,98}(?<![./])$/,
  maximum: 99,
});

export const repository = text(
  'write the name of a repository: letters, digits, dots, underscores, hyphens',
  {
    pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/,
  },
);

export const owner = text('write the organization, user or group path that owns the repository', {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?:\/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,5}$/,
});

export const connectionArn = text('write the ARN of an AWS CodeConnections connection', {
  pattern:
    /^arn:aws[a-z-]{0,16}:(?:codeconnections|codestar-connections):[a-z0-9-]{5,32}:\d{12}:connection\/[A-Za-z0-9-]{1,64}$/,
});

export const displayName = text('write 1 to 120 printable characters without space around them', {
  pattern: /^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u,
  maximum: 120,
});

const EMAIL_ADVICE = 'write an e-mail address, such as admin@acme.example.com';
export const email = z.email({ error: EMAIL_ADVICE }).max(254, EMAIL_ADVICE);

export const commit = text('write 7 to 64 hexadecimal digits: a commit id', { pattern: /^[0-9a-f]{7,64}$/ });

export const clock = text('write a time as HH:MM, such as 09:30', {
  pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$/,
});

const DAY_OR_INSTANT_ADVICE = 'write a day as YYYY-MM-DD, or an instant as 2026-12-24T18:00:00Z';
export const dayOrInstant = z.union(
  [
    z.iso.date({ error: DAY_OR_INSTANT_ADVICE }),
    z.iso.datetime({ offset: true, error: DAY_OR_INSTANT_ADVICE }),
  ],
  { error: DAY_OR_INSTANT_ADVICE },
);

/** Which names there are is the calendar's knowledge; see `calendar-rules`. */
export const timeZone = text('write an IANA time zone, such as UTC or Europe/Berlin', {
  pattern: /^[A-Z][A-Za-z0-9_+-]{1,31}(?:\/[A-Za-z0-9_+-]{1,32}){0,2}$/,
  maximum: 64,
});

export const httpsAddress = text('write an https address, such as https://login.example.com', {
  pattern:
    /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::\d{1,5})?(?:\/[\w.~%:@!$&'()*+,;=-]*)*$/,
  maximum: 512,
});

export const hostName = text('write a host name in lower case, such as granary.example.com', {
  pattern: /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
});

export const certificateArn = text(
  'write the ARN of an ACM certificate in us-east-1, the region that CloudFront takes certificates from',
  { pattern: /^arn:aws[a-z-]{0,16}:acm:us-east-1:\d{12}:certificate\/[A-Za-z0-9-]{1,64}$/ },
);

export const hostedZoneId = text('write the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ', {
  pattern: /^Z[A-Z0-9]{1,31}$/,
});

export const audience = text('write the client id that the tokens are issued to', {
  pattern: /^[^\s\p{Cc}]{1,255}$/u,
  maximum: 255,
});

export const claim = text('write the name of a claim, such as tenantId or https://example.com/tenant', {
  pattern: /^[^\s\p{Cc}]{1,128}$/u,
  maximum: 128,
});

/** Names of meters become keys of the usage that is counted. */
export const meter = text(
  'write 2 to 48 lower-case letters, digits and hyphens, starting with a letter, such as requests',
  {
    pattern: /^[a-z][a-z0-9-]{1,47}$/,
  },
);

export const currency = text('write three capital letters, such as USD', { pattern: /^[A-Z]{3}$/ });
