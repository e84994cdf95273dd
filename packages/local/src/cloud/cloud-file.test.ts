import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudLock, cloudFilePath, readCloudFile } from './cloud-file';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-lock-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('the file with the token can be read by its owner only', async () => {
  const lock = await CloudLock.take(folder);
  await lock.publish({ endpoint: 'http://127.0.0.1:1', control: { port: 1, token: 't' } });
  expect(statSync(cloudFilePath(folder)).mode & 0o777).toBe(0o600);
  expect(await readCloudFile(folder)).toMatchObject({ pid: process.pid, control: { token: 't' } });
});

test('a folder that a living process holds is refused, and free after its release', async () => {
  const lock = await CloudLock.take(folder);
  await expect(CloudLock.take(folder)).rejects.toThrow(`(process ${process.pid})`);
  await lock.release();
  await expect(CloudLock.take(folder)).resolves.toMatchObject({ wasStale: false });
});

test('a process id that was given anew does not hold the folder: nobody answers with its token', async () => {
  const control = { port: 1, token: 't' };
  writeFileSync(cloudFilePath(folder), JSON.stringify({ pid: process.ppid, startedAt: '', control }));
  await expect(CloudLock.take(folder)).resolves.toMatchObject({ wasStale: true });
});

test('a file that was cut off in writing does not hold the folder', async () => {
  writeFileSync(cloudFilePath(folder), '{"pid":');
  await expect(CloudLock.take(folder)).resolves.toMatchObject({ wasStale: true });
});

test('a lock gives back its own file only', async () => {
  const lock = await CloudLock.take(folder);
  writeFileSync(cloudFilePath(folder), JSON.stringify({ pid: process.pid + 1, startedAt: '' }));
  await lock.release();
  expect(await readCloudFile(folder)).toMatchObject({ pid: process.pid + 1 });
});
