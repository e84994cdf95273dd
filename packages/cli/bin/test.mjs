// `npm test`: types, lint and every package's tests. Arguments go to jest and narrow the run to its tests.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { failSetup, ROOT, setup } from './setup.mjs';

await setup().catch(failSetup);
const require = createRequire(join(ROOT, 'package.json'));
const args = process.argv.slice(2);
const failedChecks = args.length > 0 ? [] : await runChecks();
const tests = await runTests();
for (const check of failedChecks) console.log(`failed: ${check}`);
const failed = tests.failed + failedChecks.length;
// A test that did not run has shown nothing; what it needs was said where it was skipped.
if (tests.skipped > 0) console.log(`${tests.skipped} skipped`);
// Nothing is counted when jest was asked for something else than a run, such as --listTests.
if (tests.ran) console.log(`${tests.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || tests.code !== 0 ? 1 : 0;

/** @returns names of the checks that failed; what they said is printed */
async function runChecks() {
  const checks = [...(await typeChecks()), lint()];
  const failures = [];
  const next = async () => {
    for (let check = checks.shift(); check; check = checks.shift()) {
      const { code, said } = await run(check.command, check.folder);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name}`);
      if (code === 0) continue;
      console.log(said);
      failures.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, next));
  return failures;
}

async function typeChecks() {
  const members = (await readdir(join(ROOT, 'packages'))).sort().map((name) => join('packages', name));
  const projects = [];
  for (const member of [...members, 'pipelines']) {
    const files = await readdir(join(ROOT, member)).catch(() => []);
    if (files.includes('tsconfig.dev.json')) projects.push(member);
  }
  const compiler = require.resolve('typescript/package.json').replace(/package\.json$/, 'bin/tsc');
  return projects.map((member) => ({
    name: `types ${member}`,
    folder: join(ROOT, member),
    command: [compiler, '--noEmit', '-p', 'tsconfig.dev.json'],
  }));
}

function lint() {
  const biome = require.resolve('@biomejs/biome/bin/biome');
  return { name: 'lint', folder: ROOT, command: [biome, 'check', '--colors=off', '--max-diagnostics=50'] };
}

/** Runs jest over all packages; it prints for itself, and its report is counted. */
async function runTests() {
  const folder = await mkdtemp(join(tmpdir(), 'granary-test-'));
  const report = join(folder, 'report.json');
  try {
    const jest = require.resolve('jest/bin/jest');
    // What a test or a library leaves in the temporary folder goes with it.
    const env = {
      ...process.env,
      TMPDIR: folder,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
    const { code } = await run([jest, '--json', `--outputFile=${report}`, ...args], ROOT, {
      stdio: 'inherit',
      env,
    });
    return { code, ...count(await readFile(report, 'utf8').catch(() => ''), code) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A suite that does not even start counts as one failure; so does a run without a report. */
function count(report, code) {
  const {
    numPassedTests,
    numFailedTests = 0,
    numPendingTests = 0,
    numRuntimeErrorTestSuites = 0,
  } = report ? JSON.parse(report) : {};
  if (numPassedTests === undefined)
    return { ran: code !== 0, passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { ran: true, passed: numPassedTests, failed, skipped: numPendingTests };
}

function run([script, ...rest], cwd, { stdio = 'pipe', env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...rest], { cwd, env, stdio: ['ignore', stdio, stdio] });
    let said = '';
    const keep = (chunk) => {
      said += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => resolve({ code: 1, said: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}
