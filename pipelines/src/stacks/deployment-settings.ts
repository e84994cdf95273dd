import type { NamedTier, OidcIdentity } from '@granary/manifest';
import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-lambda';
import type { FunctionCode } from '../function-code';

/** Another issuer of the tokens, each part a literal or a token of the CDK. */
export interface IdentitySettings {
  /** The manifest's `identity`, as JSON: what the authorizer reads. */
  readonly json: string;
  /** The issuer without its scheme. */
  readonly host: string;
  readonly audience: string;
}

/** What differs between the stacks of one shape. */
export interface DeploymentSettings {
  readonly deploymentId: string;
  readonly tiers: readonly NamedTier[];
  /** @default the deployment's own users */
  readonly identity: IdentitySettings | undefined;
  readonly code: FunctionCode;
}

/** What a deployment is given, before it is decided whether as literals or as parameters. */
export interface GivenSettings extends Omit<DeploymentSettings, 'identity'> {
  readonly identity: OidcIdentity | undefined;
}

/**
 * How a template holds its settings. `literal`: written into it. `valued`: parameters with the settings as their
 * defaults. `open`: parameters without defaults, for one template to make many stacks.
 */
export type SettingsForm = 'literal' | 'valued' | 'open';

/** Parameters of a template whose settings are not literal, by what they set. A value longer than 4096 does not fit. */
export const PARAMETERS = {
  deploymentId: 'DeploymentId',
  rate: 'RateLimit',
  burst: 'BurstLimit',
  requestsPerDay: 'RequestsPerDay',
  codeBucket: 'CodeBucket',
  identity: 'IdentityProvider',
  identityHost: 'IdentityHost',
  identityAudience: 'IdentityAudience',
} as const;

/** CloudFormation's limit for a parameter's value, in bytes. */
export const PARAMETER_BYTES = 4096;

export function identitySettings(identity: OidcIdentity): IdentitySettings {
  const { issuer, audience } = identity;
  return { json: JSON.stringify(identity), host: issuer.replace(/^https:\/\//, ''), audience };
}

/**
 * The settings as the stack's constructs take them. A template with parameters is the same for every deployment of
 * its shape, but for the defaults: that is what lets a tenant move between the release engines in place.
 */
export function deploymentSettings(
  stack: Stack,
  given: GivenSettings,
  form: SettingsForm,
): DeploymentSettings {
  const identity = given.identity && identitySettings(given.identity);
  if (form === 'literal') return { ...given, identity };
  const parameter = (id: string, type: 'String' | 'Number', value: string | number, description: string) =>
    new CfnParameter(stack, id, { type, description, ...(form === 'valued' ? { default: value } : {}) });
  const [tier, ...others] = given.tiers;
  if (!tier || others.length > 0) throw new Error('a template with parameters serves one tier');
  const { rate, burst } = tier.throttle;
  const limits = {
    throttle: {
      rate: parameter(PARAMETERS.rate, 'Number', rate, 'Requests a second of the tenant, steadily')
        .valueAsNumber,
      burst: parameter(PARAMETERS.burst, 'Number', burst, 'Requests of the tenant that may arrive together')
        .valueAsNumber,
    },
    quota: {
      requestsPerDay: parameter(
        PARAMETERS.requestsPerDay,
        'Number',
        tier.quota.requestsPerDay,
        'Requests of the tenant in a day',
      ).valueAsNumber,
    },
  };
  const id = parameter(PARAMETERS.deploymentId, 'String', given.deploymentId, 'The tenant');
  const bucket = new CfnParameter(stack, PARAMETERS.codeBucket, {
    type: 'String',
    description: 'Where the code of the functions is, in the region of the stack',
  });
  return {
    deploymentId: id.valueAsString,
    tiers: [{ ...tier, ...limits }],
    identity: identity && {
      json: parameter(PARAMETERS.identity, 'String', identity.json, 'Who issues the tokens').valueAsString,
      host: parameter(PARAMETERS.identityHost, 'String', identity.host, 'The issuer, without its scheme')
        .valueAsString,
      audience: parameter(PARAMETERS.identityAudience, 'String', identity.audience, 'Whom the tokens are for')
        .valueAsString,
    },
    code: new CodeInBucket(given.code, bucket, form),
  };
}

/** Code whose bucket the stack is told. */
class CodeInBucket implements FunctionCode {
  constructor(
    private readonly inner: FunctionCode,
    private readonly bucket: CfnParameter,
    private readonly form: SettingsForm,
  ) {}

  of(entry: Parameters<FunctionCode['of']>[0]): Code {
    return this.relocated(this.inner.of(entry));
  }

  runtime(): Code | undefined {
    const runtime = this.inner.runtime?.();
    return runtime && this.relocated(runtime);
  }

  private relocated(code: Code): Code {
    return new RelocatedCode(code, (bucketName) => {
      // Where the synthesis publishes it for a stack that the pipeline deploys.
      if (this.form === 'valued') this.bucket.default = bucketName;
      return this.bucket.valueAsString;
    });
  }
}

class RelocatedCode extends Code {
  constructor(
    private readonly inner: Code,
    private readonly bucketFor: (bucketName: string) => string,
  ) {
    super();
  }

  bind(...parameters: Parameters<Code['bind']>): CodeConfig {
    const config = this.inner.bind(...parameters);
    const { s3Location } = config;
    if (!s3Location) return config;
    return { ...config, s3Location: { ...s3Location, bucketName: this.bucketFor(s3Location.bucketName) } };
  }

  override bindToResource(...parameters: Parameters<Code['bindToResource']>): void {
    this.inner.bindToResource(...parameters);
  }
}
