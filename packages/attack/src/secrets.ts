/** Everything that the attack held and that nobody else may read: exact texts. */
export class Secrets {
  private readonly held = new Map<string, string>();

  /** @returns the value, so that a secret is noted where it comes into being */
  keep(kind: string, value: string): string {
    if (value) this.held.set(value, kind);
    return value;
  }

  get size(): number {
    return this.held.size;
  }

  /** The kinds of the secrets that occur in a text, never the secrets. */
  kindsIn(text: string): readonly string[] {
    return [...new Set([...this.held].flatMap(([value, kind]) => (text.includes(value) ? [kind] : [])))];
  }
}
