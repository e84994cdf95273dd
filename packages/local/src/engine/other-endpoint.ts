import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type CloudEndpoint, rootAccess } from './engine-client';
import { EngineError, EngineRequestError } from './errors';

/** Names an endpoint that speaks AWS; then no engine is started. */
export const ENDPOINT_SETTING = 'GRANARY_ENDPOINT_URL';
/** Secret access key of that endpoint's account roots. */
export const SECRET_SETTING = 'GRANARY_ENDPOINT_SECRET';
const USUAL_SECRET = 'test';

/** The endpoint that the environment names instead of our engine, undefined when it names none. */
export function otherEndpoint(environment: NodeJS.ProcessEnv): CloudEndpoint | undefined {
  const named = environment[ENDPOINT_SETTING];
  if (!named) return undefined;
  if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol)) {
    throw new EngineError(`${ENDPOINT_SETTING} must be an http or https url, is ${JSON.stringify(named)}`);
  }
  const access = rootAccess(named.replace(/\/+$/, ''), environment[SECRET_SETTING] || USUAL_SECRET);
  return {
    ...access,
    // Another endpoint lets no caller act as a service: its root assumes the role.
    serviceSession: async (_service, roleArn, sessionName = 'granary') => {
      const client = new STSClient(access.clientConfig(roleArn.split(':')[4] ?? '', 'us-east-1'));
      try {
        const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName });
        const { AccessKeyId, SecretAccessKey, SessionToken } = (await client.send(command)).Credentials ?? {};
        if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
          throw new EngineRequestError(`${named} gave no session of ${roleArn}`, 502);
        }
        return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
      } finally {
        client.destroy();
      }
    },
    // Another endpoint answers CodePipeline's API itself, or not at all.
    pipelineCalls: (signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve([]), { once: true })),
    answerPipelineCall: async () => undefined,
    injectFaults: async (faults) => {
      if (faults.length > 0)
        throw new EngineError(`${named} is not ours: nothing can be made to go wrong in it on purpose`);
      return 0;
    },
    sentMails: async () => {
      throw new EngineError(`${named} is not ours: what it has mailed is not ours to read`);
    },
    // Its state is its owner's concern.
    checkpoint: async () => undefined,
  };
}
