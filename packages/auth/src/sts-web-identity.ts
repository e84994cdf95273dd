import { AssumeRoleWithWebIdentityCommand, ExpiredTokenException, type STSClient } from '@aws-sdk/client-sts';
import { InvalidTokenError } from './errors';
import { issued } from './sts-session';
import type { AssumeByToken } from './web-identity';

/** Assumes the tenant role by STS with the person's token. The call is not signed: no permission of ours is used. */
export function stsWebIdentity(sts: STSClient): AssumeByToken {
  return async ({ roleArn, sessionName, durationSeconds, policy, token, tenantId }) => {
    const command = new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      DurationSeconds: durationSeconds,
      Policy: policy,
      WebIdentityToken: token,
    });
    try {
      const { Credentials: given } = await sts.send(command);
      return issued(tenantId, given);
    } catch (error) {
      // The gateway replays its answer for a while after the token's end.
      if (error instanceof ExpiredTokenException) throw new InvalidTokenError('expired');
      throw error;
    }
  };
}
