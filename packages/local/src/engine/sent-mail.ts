import * as z from 'zod';

/** A mail that the platform has sent. Here nobody delivers it. */
export interface SentMail {
  /** When it was sent, ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** As it was written: plain text, or HTML where there is no other. */
  readonly text: string;
}

const mailbox = z.object({
  /** By the account that sent them. */
  messages: z.record(
    z.string(),
    z.array(
      z.object({
        Source: z.string(),
        To: z.array(z.string()),
        Subject: z.string(),
        BodyText: z.string().nullish(),
        BodyHtml: z.string().nullish(),
        /** Seconds. */
        Timestamp: z.number(),
      }),
    ),
  ),
});

/**
 * The mails of all accounts, the oldest first.
 *
 * @param answer of the engine's mailbox
 * @throws ZodError for an answer of another shape
 */
export function sentMails(answer: unknown): readonly SentMail[] {
  return Object.values(mailbox.parse(answer).messages)
    .flat()
    .sort((one, other) => one.Timestamp - other.Timestamp)
    .map(({ Source, To, Subject, BodyText, BodyHtml, Timestamp }) => ({
      at: new Date(Timestamp * 1000).toISOString(),
      from: Source,
      to: To,
      subject: Subject,
      text: BodyText || BodyHtml || '',
    }));
}
