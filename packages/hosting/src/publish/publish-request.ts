import * as z from 'zod';

const place = z.object({ bucket: z.string().min(3), key: z.string().min(1) });

/** What a template says of a site: CloudFormation hands it over as text. */
export const publishRequestSchema = z.object({
  /** The zipped build. */
  Build: place,
  /** The site's bucket. */
  Site: z.string().min(3),
  Pages: z.array(z.string().regex(/^[a-z-]+\.html$/)).min(1),
  /** The settings' text: JSON. */
  Config: z.string().refine((text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }, 'must be JSON'),
});
export type PublishRequest = z.output<typeof publishRequestSchema>;
