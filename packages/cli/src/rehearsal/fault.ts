/** Something that goes wrong with a release, brought into it by a commit, and what must meet it. */
export interface Fault {
  readonly name: string;
  /** What it does, for a person. */
  readonly does: string;
  /** Subject of the commit that carries it. */
  readonly subject: string;
  /** The one file of the project that the commit changes. */
  readonly file: string;
  /** The file with the fault; the text as it is when the fault finds no place in it. */
  readonly change: (text: string) => string;
  /** Gates of the release engine of which one must halt the release. */
  readonly gates: readonly string[];
}
