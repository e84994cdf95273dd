import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  UserPool as CognitoUserPool,
  type FeaturePlan,
  type ICustomAttribute,
  Mfa,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

export interface UserPoolProps {
  /** Attributes that the platform alone writes, and that tokens carry, by name without `custom:`. */
  readonly claims: Readonly<Record<string, ICustomAttribute>>;
  /** Cognito's feature plan; triggers of version V2_0 need Essentials. @default Cognito's */
  readonly plan?: FeaturePlan;
}

/**
 * A deployment's users. Only the platform makes them, and only the platform says who they are: no client can
 * write an attribute that a token's trust rests on, the e-mail address included.
 */
export class UserPool extends Construct {
  readonly pool: CognitoUserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    this.pool = new CognitoUserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      keepOriginal: { email: true },
      customAttributes: { ...props.claims },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(props.plan ? { featurePlan: props.plan } : {}),
    });
    this.client = this.pool.addClient('Client', {
      generateSecret: false,
      authFlows: { userPassword: true, userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.minutes(30),
      accessTokenValidity: Duration.minutes(30),
      refreshTokenValidity: Duration.hours(12),
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ ...OWN_ATTRIBUTES, email: true, emailVerified: true })
        .withCustomAttributes(...Object.keys(props.claims)),
      writeAttributes: new ClientAttributes().withStandardAttributes(OWN_ATTRIBUTES),
    });
    acknowledge(
      this.pool,
      'AwsSolutions-COG2',
      'A second factor is offered, not required: the first sign-in with a mailed password has none yet. Require it per pool once all users have enrolled.',
    );
    acknowledge(
      this.pool,
      'AwsSolutions-COG3',
      "Threat protection needs Cognito's Plus plan, priced per active user; it is the operator's choice.",
    );
    acknowledge(
      this.pool,
      'AwsSolutions-COG8',
      "Threat protection needs Cognito's Plus plan, priced per active user; it is the operator's choice.",
    );
  }
}

/** What users may change about themselves. Nothing depends on it. */
const OWN_ATTRIBUTES = { fullname: true, givenName: true, familyName: true, locale: true, timezone: true };
