import type { InjectedFault } from '@granary/local';
import type { Manifest } from '@granary/manifest';

/** What must come of a release with a fault in it. */
export type Expectation =
  | {
      /** It is halted, nobody behind the halted wave meets it, and every deployment runs what it ran before. */
      readonly kind: 'halt';
      /** Gates of the release engine of which one must halt it. */
      readonly gates: readonly string[];
      /** `refused`: what could not be taken back is told, deployment by deployment. @default all is taken back */
      readonly rollback?: 'refused';
    }
  | {
      /** It reaches everyone in spite of it. */
      readonly kind: 'pass';
    };

/** Something that goes wrong with a release, and what must be done about it. */
export interface Fault {
  readonly name: string;
  /** What it does, for a person. */
  readonly does: string;
  /** Subject of the commit that carries it. */
  readonly subject: string;
  /** The one file of the project that the commit changes. */
  readonly file: string;
  /** The file with the fault; the text as it is when the fault finds no place in it. */
  readonly change: (text: string, manifest: Manifest) => string;
  /** What goes wrong in the cloud meanwhile. @default nothing */
  readonly injected?: (manifest: Manifest) => readonly InjectedFault[];
  /** The local cloud's process is killed once a wave has begun, and started again. @default it is not */
  readonly kills?: true;
  readonly expected: Expectation;
}
