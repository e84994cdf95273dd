import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudNotRunningError, cloudFilePath, type SentMail } from '@granary/local';
import { EXIT } from '../cli-error';
import { mails } from './mails';
import { ProjectForTests } from './project-for-tests';

const INVITATION: SentMail = {
  at: '2026-11-24T08:00:00.000Z',
  from: 'no-reply@verificationemail.com',
  to: ['Ann@acme.example'],
  subject: 'Your temporary password',
  text: 'Your username is ann@acme.example\nand temporary password is a1B!.\n',
};
const OTHER: SentMail = { ...INVITATION, to: ['bob@globex.example'], subject: 'Welcome', text: 'Hello.' };

let project: ProjectForTests;
let server: Server;

beforeEach(async () => {
  project = await ProjectForTests.make();
  server = createServer(({ url }, response) => {
    response.end(JSON.stringify(url === '/mails' ? [INVITATION, OTHER] : { state: 'ready' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await project.remove();
});

async function runs(): Promise<void> {
  const { stateFolder } = project.context().project;
  await mkdir(stateFolder, { recursive: true });
  const control = { port: (server.address() as AddressInfo).port, token: 'token' };
  const file = { pid: process.pid, startedAt: '2026-11-24T07:00:00.000Z', control };
  await writeFile(cloudFilePath(stateFolder), JSON.stringify(file));
}

test('a person reads each mail with whom it went to, line by line', async () => {
  await runs();
  expect(await mails(project.context(), undefined)).toBe(EXIT.ok);
  expect(project.takeLines()).toEqual([
    'Your temporary password  Ann@acme.example  2026-11-24T08:00:00.000Z',
    '  Your username is ann@acme.example',
    '  and temporary password is a1B!.',
    '',
    'Welcome  bob@globex.example  2026-11-24T08:00:00.000Z',
    '  Hello.',
    '',
  ]);
});

test('only the mails of one address are shown, however it is written', async () => {
  await runs();
  await mails(project.context(true), 'ann@ACME.example');
  expect(JSON.parse(project.takeLines().join(''))).toEqual([INVITATION]);
});

test('an address that nothing went to is told', async () => {
  await runs();
  await mails(project.context(), 'cy@acme.example');
  expect(project.takeLines()).toEqual([
    'nothing was mailed to cy@acme.example since the local cloud started',
  ]);
});

test('without a local cloud there are no mails', async () => {
  await expect(mails(project.context(), undefined)).rejects.toBeInstanceOf(CloudNotRunningError);
});
