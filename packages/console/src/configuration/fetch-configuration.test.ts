import { ConfigurationError, fetchConfiguration } from './fetch-configuration';

const URL_ = 'http://127.0.0.1:1/config.json';
const answering = (answer: Response | Error) => async () => {
  if (answer instanceof Error) throw answer;
  return answer;
};

test('a configuration is read, with SRP where it does not say how people sign in', async () => {
  const given = { application: 'Granary', controlApiUrl: 'http://127.0.0.1:2/prod/' };
  const read = await fetchConfiguration(URL_, answering(Response.json(given)));
  expect(read).toEqual({ ...given, signIn: 'srp' });
});

test.each([
  ['is not there', new Response('', { status: 404 }), /answered 404/],
  ['is no JSON', new Response('<html>'), /config\.json: it:/],
  ['cannot be reached', new TypeError('failed'), /no answer/],
  [
    'lacks something',
    Response.json({ application: '', controlApiUrl: 'x' }),
    /application: .*controlApiUrl: Invalid URL/,
  ],
])('a configuration that %s is an error that says so', async (_, answer, message) => {
  const read = fetchConfiguration(URL_, answering(answer));
  await expect(read).rejects.toBeInstanceOf(ConfigurationError);
  await expect(read).rejects.toThrow(message);
});
