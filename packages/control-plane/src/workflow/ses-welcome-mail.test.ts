import { SESv2Client } from '@aws-sdk/client-sesv2';
import { wire } from '../rehearsal/wire';
import { stepErrorOf } from './failure';
import { SesWelcomeMail } from './ses-welcome-mail';

const WELCOME = { to: 'gavin@hooli.example', tenantId: 'hooli', tenantName: 'Hooli Inc' };

function mailOver(...answers: Parameters<typeof wire>) {
  const { settings, sent } = wire(...answers);
  const client = new SESv2Client(settings);
  return { mail: new SesWelcomeMail({ client, from: 'hello@seeds.example', application: 'seeds' }), sent };
}

test('the administrator is written to, by the sender of the platform', async () => {
  const { mail, sent } = mailOver({ body: { MessageId: 'm-1' } });
  await mail.send(WELCOME);
  expect(sent).toMatchObject([
    {
      operation: 'POST /v2/email/outbound-emails',
      body: {
        FromEmailAddress: 'hello@seeds.example',
        Destination: { ToAddresses: ['gavin@hooli.example'] },
        Content: { Simple: { Subject: { Data: 'Welcome to seeds' } } },
      },
    },
  ]);
  expect(JSON.stringify(sent)).toContain('Hooli Inc is set up as \\"hooli\\"');
});

test.each([
  ['MailFromDomainNotVerifiedException', false, 'email-undelivered'],
  ['MessageRejected', false, 'email-undelivered'],
  ['TooManyRequestsException', true, 'busy'],
])('%s: another try may do is %s, and the reason is %s', async (error, transient, reason) => {
  const { mail } = mailOver({ error });
  const failure = stepErrorOf(await mail.send(WELCOME).catch((cause) => cause));
  expect([failure.name === 'TransientStepError', failure.reason]).toEqual([transient, reason]);
});
