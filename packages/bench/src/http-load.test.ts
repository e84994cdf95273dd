import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alternate, alternateBlocks, LoadTarget } from './http-load';

let server: Server;
let asked: string[];
let open: number;
let most: number;
let targets: [LoadTarget, LoadTarget];

beforeEach(async () => {
  asked = [];
  open = 0;
  most = 0;
  server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    asked.push(`${request.url} ${request.headers.authorization} ${request.socket.remotePort}`);
    setImmediate(() => {
      open -= 1;
      response.statusCode = request.url === '/broken' ? 500 : 200;
      response.end('{"message":"ouch"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  targets = [target('/a'), target('/b')];
});

afterEach(async () => {
  for (const each of targets) each.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const target = (path: string) =>
  new LoadTarget(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, 'secret');

test('two targets take turns, each over one connection of its own, with their token', async () => {
  const [a, b] = await alternate(targets, 3);
  expect([a.length, b.length]).toEqual([3, 3]);
  expect(asked.map((line) => line.slice(0, 2))).toEqual(['/a', '/b', '/b', '/a', '/a', '/b']);
  expect(asked.every((line) => line.includes('Bearer secret'))).toBe(true);
  expect(new Set(asked).size).toBe(2);
});

test('a block sends exactly as many requests as asked, no more at a time than allowed', async () => {
  const [a, b] = await alternateBlocks(targets, { blocks: 2, size: 10, concurrency: 4 });
  expect(asked).toHaveLength(40);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
  expect(Math.min(a, b)).toBeGreaterThan(0);
});

test('an answer that is not 200 ends the measurement with what it said', async () => {
  await expect(target('/broken').once()).rejects.toThrow('/broken: GET answered 500: {"message":"ouch"}');
});
