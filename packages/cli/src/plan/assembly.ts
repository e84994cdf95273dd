import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Template } from '@granary/manifest';
import * as z from 'zod';
import { CliError } from '../cli-error';

/** What of a cloud assembly's manifest.json leads to its templates. */
const schema = z.object({
  artifacts: z
    .record(
      z.string(),
      z.object({
        type: z.string(),
        environment: z.string().exactOptional(),
        properties: z
          .object({
            templateFile: z.string().exactOptional(),
            stackName: z.string().exactOptional(),
            directoryName: z.string().exactOptional(),
          })
          .exactOptional(),
      }),
    )
    .default({}),
});

/** Deeper is no assembly of the CDK's. */
const MAXIMUM_DEPTH = 4;

/**
 * The templates of a cloud assembly (`cdk.out`), those of its nested ones included.
 *
 * @returns by the stacks' names and places: `granary-acme (222222222222 us-east-1)`
 * @throws CliError when the folder is no cloud assembly
 */
export async function readTemplates(folder: string): Promise<ReadonlyMap<string, Template>> {
  return new Map(await templatesIn(folder, 0));
}

async function templatesIn(folder: string, depth: number): Promise<readonly (readonly [string, Template])[]> {
  const { artifacts } = await readJson(join(folder, 'manifest.json'), schema);
  const found = await Promise.all(
    Object.entries(artifacts).map(async ([id, { type, environment, properties = {} }]) => {
      const { templateFile, stackName = id, directoryName } = properties;
      if (type === 'cdk:cloud-assembly' && directoryName !== undefined && depth < MAXIMUM_DEPTH)
        return templatesIn(join(folder, directoryName), depth + 1);
      if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
      const template = await readJson(join(folder, templateFile), TEMPLATE);
      return [[`${stackName} (${placeOf(environment)})`, template] as const];
    }),
  );
  return found.flat();
}

const TEMPLATE: z.ZodType<Template> = z.looseObject({
  Resources: z
    .record(
      z.string(),
      z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).exactOptional() }),
    )
    .exactOptional(),
});

/** `aws://222222222222/us-east-1` is `222222222222 us-east-1`. */
function placeOf(environment = 'aws://any account/any region'): string {
  return environment.replace('aws://', '').replace('/', ' ');
}

async function readJson<T>(file: string, shape: z.ZodType<T>): Promise<T> {
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new CliError(
      `"${file}" cannot be read: name a folder that "cdk synth" has written (${(cause as Error).message})`,
      { cause },
    );
  }
}
