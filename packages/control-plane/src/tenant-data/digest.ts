/** Rows in any order: how many, and the sum of their hashes modulo 2^256. */
export interface RowsDigest {
  readonly rows: number;
  /** 64 hexadecimal digits. Equal for equal multisets of rows. */
  readonly digest: string;
}

const MODULUS = 1n << 256n;

export const NO_ROWS: RowsDigest = { rows: 0, digest: hex(0n) };

/**
 * Adds rows up. A sum, not an exclusive or: a row that stands twice does not cancel itself. It tells copies from
 * accidents; against forgery stand the archive's signature and hashes.
 */
export class DigestSum {
  private sum: bigint;
  private rows: number;

  constructor(start: RowsDigest = NO_ROWS) {
    this.sum = BigInt(`0x${start.digest}`);
    this.rows = start.rows;
  }

  /** @param hash of one row, in hexadecimal digits */
  add(hash: string): void {
    this.sum = (this.sum + BigInt(`0x${hash}`)) % MODULUS;
    this.rows += 1;
  }

  get value(): RowsDigest {
    return { rows: this.rows, digest: hex(this.sum) };
  }
}

/** The digest of all rows of several sets. */
export function digestOfAll(parts: readonly RowsDigest[]): RowsDigest {
  const sum = parts.reduce((total, { digest }) => (total + BigInt(`0x${digest}`)) % MODULUS, 0n);
  return { rows: parts.reduce((total, { rows }) => total + rows, 0), digest: hex(sum) };
}

function hex(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}
