import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Welcome, WelcomeMail } from './welcome-mail';

export interface SesWelcomeMailOptions {
  readonly client: SESv2Client;
  /** Sender: an address that SES knows in the client's account and region. */
  readonly from: string;
  /** Whom people know the platform as. */
  readonly application: string;
}

/** Welcomes by Amazon SES, in plain text: it says nothing that the receiver could not know. */
export class SesWelcomeMail implements WelcomeMail {
  constructor(private readonly options: SesWelcomeMailOptions) {}

  async send({ to, tenantId, tenantName }: Welcome): Promise<void> {
    const { client, from, application } = this.options;
    const text = (Data: string) => ({ Data, Charset: 'UTF-8' });
    const lines = [
      `${tenantName} is set up as "${tenantId}", and you are its administrator.`,
      'Another mail brings you a password for the first sign-in. It is valid for a few days only.',
      'Did you not ask for this? Then do nothing: nobody can sign in without that password.',
    ];
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: text(`Welcome to ${application}`),
            Body: { Text: text(`${lines.join('\n\n')}\n`) },
          },
        },
      }),
    );
  }
}
