import { cognitoProvider } from './cognito-provider';
import { KEY_REFRESH_SECONDS } from './key-refresh';
import { TokenIssuer } from './testing/token-issuer';

let issuer: TokenIssuer;
let now: number;

beforeEach(async () => {
  issuer = await TokenIssuer.start();
  now = Date.parse('2026-01-01T00:00:00Z');
});
afterEach(() => issuer.stop());

const hydrated = async () => {
  const { userPoolId, clientId, endpoint } = issuer;
  const provider = cognitoProvider({ userPoolId, clientId, endpoint, now: () => now });
  await provider.hydrate();
  return provider;
};
const unknown = (index: number) => issuer.token({}, { kid: `unknown-${index}` });

it('unknown key ids make the key set be asked for once a minute, however many there are', async () => {
  const { verify } = await hydrated();
  for (let minute = 1; minute <= 3; minute += 1) {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(verify(unknown(attempt))).rejects.toThrow('unknown key');
      now += 1000;
    }
    expect(issuer.keyRequests).toBe(1 + minute);
    now += (KEY_REFRESH_SECONDS - 20) * 1000;
  }
});

it('unknown key ids at the same moment share one look', async () => {
  const { verify } = await hydrated();
  const refused = await Promise.allSettled(Array.from({ length: 25 }, (_, index) => verify(unknown(index))));
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(['rejected']));
  expect(issuer.keyRequests).toBe(2);
});

it('a look that finds a new key counts too', async () => {
  const { verify } = await hydrated();
  await issuer.rotate();
  await expect(verify(issuer.token())).resolves.toBeDefined();
  await expect(verify(unknown(1))).rejects.toThrow('unknown key');
  expect(issuer.keyRequests).toBe(2);
});

it('naming the issuer in another way is no way around the bound', async () => {
  const { verify } = await hydrated();
  await expect(verify(unknown(1))).rejects.toThrow('unknown key');
  const iss = `https://issuer-cognito-idp.us-east-1.amazonaws.com/${issuer.userPoolId}`;
  await expect(verify(issuer.token({ iss }, { kid: 'unknown-2' }))).rejects.toThrow('unknown key');
  expect(issuer.keyRequests).toBe(2);
});

it('a look that fails counts while keys are held, and known keys go on being accepted', async () => {
  const { verify } = await hydrated();
  issuer.keyStatus = 503;
  await expect(verify(unknown(1))).rejects.toThrow('answers 503');
  await expect(verify(unknown(2))).rejects.toThrow('unknown key');
  await expect(verify(issuer.token())).resolves.toBeDefined();
  expect(issuer.keyRequests).toBe(2);
});
