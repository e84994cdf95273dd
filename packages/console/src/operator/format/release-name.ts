/** A commit by its first eight characters; anything else whole. */
export function releaseName(release: string): string {
  return /^[0-9a-f]{12,64}$/.test(release) ? release.slice(0, 8) : release;
}
