import { createHmac } from 'node:crypto';
import {
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Credentials, PoolClient } from '../../walk/users';
import { type ReleasedPages, signIn } from './released-pages';

/** Somebody of a tenant, and where they sign in. */
export interface CarefulPerson extends Credentials, PoolClient {
  readonly tenantId: string;
  /** The engine's URL. */
  readonly endpoint: string;
}

/** What a person meets who has given their account a second factor. */
export interface SecondFactor {
  /** What the page asks for after the password. */
  readonly asked: string;
  /** What it says to a code that is wrong. */
  readonly wrong: string;
  /** The first page behind the right one. */
  readonly entered: string;
}

/** Gives the account an authenticator, and signs in with it. */
export async function signInWithCode(pages: ReleasedPages, person: CarefulPerson): Promise<SecondFactor> {
  const secret = await addAuthenticator(person);
  return pages.visit('tenant application', `?tenant=${person.tenantId}`, async (page) => {
    await signIn(page, person);
    const code = page.getByLabel('Code');
    await code.waitFor();
    const asked = (await page.getByRole('main').textContent()) ?? '';
    const type = async (digits: string) => {
      await code.fill(digits);
      await page.getByRole('button', { name: 'Go on' }).click();
    };
    await type(other(codeOf(secret)));
    const refusal = page.getByText(/The code is not right/).first();
    await refusal.waitFor();
    const wrong = (await refusal.textContent()) ?? '';
    await type(codeOf(secret));
    const heading = page.getByRole('heading', { level: 1 });
    await page.getByRole('link', { name: 'Orders' }).first().waitFor();
    return { asked, wrong, entered: (await heading.textContent()) ?? '' };
  });
}

/** @returns the authenticator's secret, Base32 */
async function addAuthenticator(person: CarefulPerson): Promise<string> {
  const { endpoint, region, userPoolClientId: ClientId, userName: USERNAME, password: PASSWORD } = person;
  const cognito = new CognitoIdentityProviderClient({ endpoint, region });
  try {
    const AuthParameters = { USERNAME, PASSWORD };
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    const AccessToken = AuthenticationResult?.AccessToken;
    const { SecretCode = '' } = await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    await cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: codeOf(SecretCode) }));
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    return SecretCode;
  } finally {
    cognito.destroy();
  }
}

/** What an authenticator shows now: RFC 6238, six digits of a step of thirty seconds. */
function codeOf(secret: string): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', base32(secret)).update(step).digest();
  const at = (digest.at(-1) ?? 0) & 0x0f;
  return String((digest.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** A code that is not this one. */
function other(code: string): string {
  return String((Number(code) + 500_000) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
