import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';

const secondsSchema = z.coerce.number().positive().max(60);

/** Where a rehearsal says how fast a minute of baking passes. */
export function secondsPerMinuteParameter(application: string): string {
  return `/${application}/release/seconds-per-bake-minute`;
}

/** Seconds of a minute of baking: 60, unless the parameter says fewer. */
export async function secondsPerMinute(
  client: Pick<SSMClient, 'send'>,
  application: string,
): Promise<number> {
  try {
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name: secondsPerMinuteParameter(application) }),
    );
    return secondsSchema.parse(Parameter?.Value);
  } catch (error) {
    if (error instanceof ParameterNotFound) return 60;
    throw error;
  }
}
