// A fresh process that does with the authorizer's package what Lambda's runtime does, then times warm calls beside
// bare RS256 verifications of the same token by node:crypto. Prints one line of JSON, times in milliseconds:
// {"loaded", "answered", "warm": [...], "bare": [...], "calls"}; "calls" are requests to the stub in all warm calls.
//
//   node authorizer-host.cjs <index.js> <settings as JSON: token, methodArn, publicKey, stub, turns>
const { createPublicKey, verify } = require('node:crypto');
const [file, text] = process.argv.slice(2);
const { token, methodArn, publicKey, stub, turns } = JSON.parse(text);
const event = { type: 'TOKEN', authorizationToken: `Bearer ${token}`, methodArn };
const key = createPublicKey({ key: publicKey, format: 'jwk' });
const [header, claims, signature] = token.split('.');
const served = async () => Number(await (await fetch(`${stub}/served`)).text());

/** As little as a verification can be: decode, check the signature, parse. */
const bare = () => {
  const holds = verify(
    'RSA-SHA256',
    Buffer.from(`${header}.${claims}`),
    key,
    Buffer.from(signature, 'base64url'),
  );
  if (!holds) throw new Error('the signature does not hold');
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
};

async function main() {
  const began = performance.now();
  const { handler } = require(file);
  const loaded = performance.now() - began;
  const answer = await handler(event);
  const answered = performance.now() - began;
  if (!answer.context?.accessKeyId) throw new Error('the authorizer gave no credentials');
  const times = { warm: [], bare: [] };
  const before = await served();
  for (let turn = -turns; turn < turns; turn += 1) {
    const first = performance.now();
    await handler(event);
    const second = performance.now();
    bare();
    const third = performance.now();
    // The first half warms both up.
    if (turn < 0) continue;
    times.warm.push(second - first);
    times.bare.push(third - second);
  }
  const calls = (await served()) - before;
  process.stdout.write(`\n${JSON.stringify({ loaded, answered, ...times, calls })}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
