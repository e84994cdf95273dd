import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { prepareBuildImage } from './build-image';

let folder: string;
const path = process.env.PATH;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-image-'));
  await mkdir(join(folder, 'real'));
  await writeFile(join(folder, 'real/npm'), '#!/bin/sh\necho "real npm $*"\n');
  await chmod(join(folder, 'real/npm'), 0o755);
  process.env.PATH = `${join(folder, 'real')}${delimiter}${path}`;
});

afterEach(async () => {
  process.env.PATH = path;
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command line as a build does. */
const inBuild = async (command: string) => {
  const tool = join(folder, 'tool.js');
  await writeFile(tool, 'console.log("tool", process.argv.slice(2).join(" "))');
  const tools = [{ packageName: 'aws-cdk', version: '2.1148.1', commands: { cdk: tool } }];
  const image = await prepareBuildImage(join(folder, 'image'), tools);
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const env = { PATH: image.path(bin), GRANARY_BUILD_BIN: bin };
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { env });
  return stdout.trim().split('\n');
};

test('a global install of a pinned tool is answered without npm, and puts its command on the path', async () => {
  expect(await inBuild('npm install -g aws-cdk@2.1148.1 && cdk -a . deploy x')).toEqual([
    'aws-cdk@2.1148.1: the workspace has this version',
    'tool -a . deploy x',
  ]);
});

test('a command that no install asked for is not there, as on a build machine', async () => {
  await expect(inBuild('command -v cdk')).rejects.toMatchObject({ code: 1 });
});

test('another version goes to npm, into the image and not to the developer', async () => {
  const prefix = join(folder, 'image/global');
  expect(await inBuild('npm i -g aws-cdk@2.1 left-pad@1.0.0 --silent')).toEqual([
    `real npm install --global --prefix ${prefix} --silent aws-cdk@2.1 left-pad@1.0.0`,
  ]);
});

test('all else of npm is untouched', async () => {
  expect(await inBuild('npm ci --ignore-scripts')).toEqual(['real npm ci --ignore-scripts']);
});
