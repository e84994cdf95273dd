import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bundles } from './bundle';
import type { FunctionEntry } from './function-entries';

/** Where the stacks get a function's code from: a bundle on AWS, any code in tests of the stacks. */
export interface FunctionCode {
  /** The code of an entry; its handler is `index.handler`. */
  of(entry: FunctionEntry): Code;
  /** A layer that every function needs. @default none */
  runtime?(): Code | undefined;
}

/** Code that `bundleFunctions` has written. */
export class BundledCode implements FunctionCode {
  constructor(private readonly bundles: Bundles) {}

  of(entry: FunctionEntry): Code {
    const folder = this.bundles.functions.get(entry);
    if (folder === undefined) throw new Error(`function "${entry}" has not been bundled`);
    return Code.fromAsset(folder);
  }

  runtime(): Code | undefined {
    return this.bundles.runtime === undefined ? undefined : Code.fromAsset(this.bundles.runtime);
  }
}
