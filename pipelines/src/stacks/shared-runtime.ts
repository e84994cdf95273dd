import { Architecture, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';

/** The layers of a stack's functions: one where the code is packaged with a shared runtime, none otherwise. */
export function sharedRuntime(scope: Construct, code: FunctionCode): readonly LayerVersion[] {
  const runtime = code.runtime?.();
  if (runtime === undefined) return [];
  return [
    new LayerVersion(scope, 'Runtime', {
      code: runtime,
      compatibleRuntimes: [Runtime.NODEJS_22_X],
      compatibleArchitectures: [Architecture.ARM_64],
      description: 'Libraries that the functions share',
    }),
  ];
}
