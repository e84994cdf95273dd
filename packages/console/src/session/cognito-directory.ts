import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js';
import type { PageConfiguration, PageUserPool } from '../configuration/page-configuration';
import { CognitoSession } from './cognito-session';
import { type Factor, SignInError, type SignInStep, signInError, type UserDirectory } from './sign-in-step';

const FACTORS: Readonly<Record<string, Factor>> = { SOFTWARE_TOKEN_MFA: 'authenticator', SMS_MFA: 'sms' };
const NAMES: Readonly<Record<Factor, string>> = { authenticator: 'SOFTWARE_TOKEN_MFA', sms: 'SMS_MFA' };

/** What the library would put into local storage. It goes with the page. */
class Memory implements ICognitoStorage {
  private readonly kept = new Map<string, string>();
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  getItem = (key: string) => this.kept.get(key) ?? null;
  removeItem = (key: string) => void this.kept.delete(key);
  clear = () => this.kept.clear();
}

type Outcome = (resolve: (step: SignInStep) => void, reject: (error: SignInError) => void) => void;

/** A Cognito user pool, by SRP or, where the configuration says so, by password. */
export class CognitoDirectory implements UserDirectory {
  constructor(
    private readonly pool: PageUserPool,
    private readonly options: Pick<PageConfiguration, 'signIn' | 'cognitoEndpoint'>,
  ) {}

  signIn(userName: string, password: string): Promise<SignInStep> {
    return this.attempt((resolve, reject) => {
      const user = this.user(userName);
      user.setAuthenticationFlowType(this.options.signIn === 'srp' ? 'USER_SRP_AUTH' : 'USER_PASSWORD_AUTH');
      const details = new AuthenticationDetails({ Username: userName, Password: password });
      user.authenticateUser(details, this.callbacks(user, resolve, reject));
    });
  }

  async forgotPassword(userName: string): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.user(userName).forgotPassword({
        onSuccess: () => resolve(),
        onFailure: (cause) => reject(signInError(cause)),
        inputVerificationCode: () => resolve(),
      }),
    );
  }

  async resetPassword(userName: string, code: string, password: string): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.user(userName).confirmPassword(code, password, {
        onSuccess: () => resolve(),
        onFailure: (cause) => reject(signInError(cause)),
      }),
    );
  }

  /** One for each attempt: the library keeps the state of a sign-in in it. */
  private user(userName: string): CognitoUser {
    const { userPoolId, clientId, endpoint = this.options.cognitoEndpoint } = this.pool;
    const memory = new Memory();
    const pool = new CognitoUserPool({
      UserPoolId: userPoolId,
      ClientId: clientId,
      Storage: memory,
      ...(endpoint === undefined ? {} : { endpoint }),
    });
    return new CognitoUser({ Username: userName.trim().toLowerCase(), Pool: pool, Storage: memory });
  }

  private attempt(outcome: Outcome): Promise<SignInStep> {
    return new Promise(outcome);
  }

  private callbacks(
    user: CognitoUser,
    resolve: (step: SignInStep) => void,
    reject: (error: SignInError) => void,
  ) {
    const code = (name: string, parameters: { CODE_DELIVERY_DESTINATION?: string } | undefined) =>
      resolve(this.codeStep(user, name, parameters?.CODE_DELIVERY_DESTINATION));
    return {
      onSuccess: (given: CognitoUserSession) => {
        try {
          resolve({ kind: 'signed-in', session: new CognitoSession(user, given) });
        } catch (cause) {
          reject(signInError(cause));
        }
      },
      onFailure: (cause: unknown) => reject(signInError(cause)),
      newPasswordRequired: () => resolve(this.newPasswordStep(user)),
      mfaRequired: code,
      totpRequired: code,
      mfaSetup: () => this.setUp(user, resolve, reject),
      selectMFAType: (_: string, parameters: { MFAS_CAN_CHOOSE?: string } | undefined) =>
        resolve(this.chooseStep(user, parameters?.MFAS_CAN_CHOOSE)),
      customChallenge: () =>
        reject(new SignInError('unknown', 'the user pool asks a question that this page does not know')),
    };
  }

  private newPasswordStep(user: CognitoUser): SignInStep {
    return {
      kind: 'new-password',
      answer: (password) =>
        this.attempt((resolve, reject) =>
          user.completeNewPasswordChallenge(password, {}, this.callbacks(user, resolve, reject)),
        ),
    };
  }

  private codeStep(user: CognitoUser, name: string, destination: string | undefined): SignInStep {
    return {
      kind: 'code',
      factor: FACTORS[name] ?? 'sms',
      ...(destination === undefined ? {} : { destination }),
      answer: (typed) =>
        this.attempt((resolve, reject) =>
          user.sendMFACode(typed.trim(), this.callbacks(user, resolve, reject), name),
        ),
    };
  }

  private chooseStep(user: CognitoUser, choices = '[]'): SignInStep {
    const factors = Object.keys(FACTORS).filter((name) => choices.includes(name));
    return {
      kind: 'choose-factor',
      factors: factors.flatMap((name) => FACTORS[name] ?? []),
      answer: (factor) =>
        this.attempt((resolve, reject) =>
          user.sendMFASelectionAnswer(NAMES[factor], this.callbacks(user, resolve, reject)),
        ),
    };
  }

  private setUp(
    user: CognitoUser,
    resolve: (step: SignInStep) => void,
    reject: (error: SignInError) => void,
  ): void {
    user.associateSoftwareToken({
      onFailure: (cause: unknown) => reject(signInError(cause)),
      associateSecretCode: (secret: string) =>
        resolve({
          kind: 'set-up-authenticator',
          secret,
          answer: (typed) =>
            this.attempt((done, failed) =>
              user.verifySoftwareToken(typed.trim(), 'authenticator', this.callbacks(user, done, failed)),
            ),
        }),
    });
  }
}
