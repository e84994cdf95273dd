import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';

/** IAM tells all of a region of a new policy within seconds; AWS states no bound. */
export const SETTLE_SECONDS = 20;

const secondsSchema = z.coerce.number().min(0).max(600);

/** Reads the parameter each time: it is asked for a few times a move. */
export function settleSeconds(ssm: Pick<SSMClient, 'send'>, Name: string): () => Promise<number> {
  return async () => {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
      return secondsSchema.parse(Parameter?.Value);
    } catch (error) {
      if (error instanceof ParameterNotFound) return SETTLE_SECONDS;
      throw error;
    }
  };
}
