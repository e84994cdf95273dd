// Runs inside the bare remote after a push, on any Node, without a dependency: tells the local cloud what was
// pushed and shows the release's progress to whoever pushed.
//
//   node post-receive.mjs <cloud file> <release branch>      stdin: "<old sha> <new sha> <ref>" per line
//
// GRANARY_PUSH=quiet hands the commit over and does not wait for the release.
import { readFileSync } from 'node:fs';

const [cloudFile, branch] = process.argv.slice(2);
const quiet = process.env.GRANARY_PUSH === 'quiet';
// Runs that another one took over: their end is no end of the release.
const mutated = new Set();
const say = (line) => process.stdout.write(`${line}\n`);

const pushed = readFileSync(0, 'utf8')
  .split('\n')
  .map((line) => line.trim().split(' '))
  .filter((parts) => parts.length === 3);

for (const [, commit, ref] of pushed) {
  const name = ref.replace(/^refs\/heads\//, '');
  if (name !== branch) say(`granary: "${name}" is stored; only "${branch}" is released`);
  else if (/^0+$/.test(commit)) say(`granary: "${branch}" was deleted; nothing is released`);
  else await release(commit);
}

async function release(commit) {
  const cloud = readCloud();
  const later = `granary: the local cloud does not run; its next start releases ${commit.slice(0, 8)}`;
  if (!cloud) return say(later);
  try {
    const response = await fetch(`http://127.0.0.1:${cloud.control.port}/pushes?follow=${!quiet}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cloud.control.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ commit }),
    });
    if (!response.ok) return say(`granary: ${(await response.json()).message}`);
    if (quiet) return say(`granary: release of ${commit.slice(0, 8)} queued`);
    for await (const event of lines(response.body)) show(event);
  } catch (error) {
    const cause = error.cause?.code ?? error.message;
    if (cause === 'ECONNREFUSED') say(later);
    else
      say(
        `granary: the connection to the local cloud ended (${cause}); "granary status" tells how the release goes`,
      );
  }
}

function readCloud() {
  try {
    const cloud = JSON.parse(readFileSync(cloudFile, 'utf8'));
    return cloud.control ? cloud : undefined;
  } catch {
    return undefined;
  }
}

async function* lines(body) {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part) yield JSON.parse(part);
  }
}

function show(event) {
  const seconds = `${((event.milliseconds ?? 0) / 1000).toFixed(1)} s`;
  switch (event.type) {
    case 'run-queued':
      return say(`granary: release of ${event.commit.slice(0, 8)} queued`);
    case 'run-started':
      return say(
        `granary: pipeline ${event.pipeline}: ${event.stages.map((stage) => stage.name).join(' > ')}`,
      );
    case 'stage-started':
      return say(`  ${event.stage}`);
    case 'action-ended':
      return say(`    ${mark(event.outcome)} ${event.action}  ${event.summary ?? ''}  ${seconds}`);
    case 'approval-needed':
      return say(`    ? ${event.action} waits for an approval: granary approve ${event.action}`);
    case 'pipeline-mutated':
      mutated.add(event.runId);
      return say('granary: the pipeline changed itself; the release starts again with its new structure');
    case 'run-ended':
      if (mutated.has(event.runId)) return undefined;
      if (event.outcome.status === 'superseded') return say(`granary: superseded: ${event.outcome.reason}`);
      if (event.outcome.status === 'succeeded')
        return say(`granary: released ${event.commit.slice(0, 8)} in ${seconds}`);
      for (const line of event.outcome.details ?? []) say(`      | ${line}`);
      return say(`granary: release ${event.outcome.status}: ${event.outcome.reason}`);
  }
}

function mark(outcome) {
  return { succeeded: '+', failed: 'x', interrupted: '!', superseded: '~' }[outcome.status];
}
