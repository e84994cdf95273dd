/** A commit as people name it. */
export function shortRelease(commit: string): string {
  return commit.slice(0, 8);
}
