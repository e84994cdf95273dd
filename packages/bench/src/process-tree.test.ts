import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processTree } from './process-tree';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('sees a process and its children with their memory, and nothing once they ended', async () => {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); process.stdin.resume()']);
  await once(child.stdout, 'data');
  const mine = processTree(process.pid);
  expect(mine.find(({ pid }) => pid === child.pid)?.memory).toBeGreaterThan(2 ** 20);
  expect(mine.find(({ pid }) => pid === process.pid)).toBeDefined();
  child.kill();
  await once(child, 'exit');
  expect(processTree(child.pid as number)).toEqual([]);
});
