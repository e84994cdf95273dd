import * as z from 'zod';
import type { Stacks } from '../deployer/stacks';
import { ReleaseInputError, UnknownReleaseError } from '../release-error';
import type { ReleaseTable } from '../release-table/release-table';
import { storeTemplate, type VersionObjects } from './template-store';
import { type Version, versionOutputs, versionSchema } from './version';
import { storeVersion } from './versions';

/** What a release says of a deployment that it has just made: the recorder's payload. */
export const recordRequestSchema = versionSchema
  .omit({ templateDigest: true, parameters: true, outputs: true })
  .strict();
export type RecordRequest = z.output<typeof recordRequestSchema>;

export interface RecorderDependencies {
  readonly table: Pick<ReleaseTable, 'get' | 'put'>;
  readonly objects: Pick<VersionObjects, 'put'>;
  /** The stacks of an account and region, as its deploy role. */
  readonly stacksIn: (place: { readonly account: string; readonly region: string }) => Stacks;
}

/**
 * Records what a stack holds after a release: its template, by digest, its parameters and its outputs.
 * @throws UnknownReleaseError where the stack is not there
 */
export async function recordVersion(
  request: RecordRequest,
  { table, objects, stacksIn }: RecorderDependencies,
): Promise<Version> {
  const { stackName, account, region } = request;
  const stacks = stacksIn(request);
  const stack = await stacks.describe(stackName);
  if (!stack)
    throw new UnknownReleaseError(
      `stack "${stackName}" is not in account ${account}, region ${region}: nothing to record`,
    );
  const template = await stacks.template(stackName);
  const version: Version = {
    ...request,
    templateDigest: await storeTemplate(objects, template),
    parameters: givenParameters(template, stack.parameters),
    outputs: versionOutputs(stack.outputs),
  };
  await storeVersion(table, version, true);
  return version;
}

/** The parameters that a stack was given; not those that CloudFormation reads from Parameter Store by itself. */
function givenParameters(
  template: string,
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  const { Parameters: declared } = declarationsSchema.parse(JSON.parse(template));
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([name]) => !declared[name]?.Type.startsWith('AWS::SSM::Parameter::Value'),
    ),
  );
}

const declarationsSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string() })).default({}),
});

/** @throws ReleaseInputError with all that is wrong */
export function parseRecordRequest(payload: unknown): RecordRequest {
  const parsed = recordRequestSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new ReleaseInputError(
    `wrong version record: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`).join('; ')}`,
  );
}
