// A fresh process that does with a function's package what Lambda's runtime does when it starts: load the handler,
// pass it the first event. Prints {"loaded", "answered"} in milliseconds since the loading began, as its last line.
//
//   node function-host.cjs <index.js> <event as JSON>
const [file, event] = process.argv.slice(2);
const began = performance.now();
const { handler } = require(file);
const loaded = performance.now() - began;

handler(JSON.parse(event), { awsRequestId: 'cold' }).then(({ statusCode, body }) => {
  const answered = performance.now() - began;
  if (statusCode !== 200) throw new Error(`the handler answered ${statusCode}: ${body}`);
  process.stdout.write(`\n${JSON.stringify({ loaded, answered })}\n`);
});
