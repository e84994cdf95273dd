/** Where archives and receipts are kept. */
export interface ArchiveStore {
  /** Writes an object; what is there by this key is replaced. */
  put(key: string, body: Uint8Array, object: StoredFacts): Promise<void>;
  /** @throws TenantDataMismatchError when there is none */
  get(key: string): Promise<Uint8Array>;
  /** What was stored with the object; undefined when there is none. */
  facts(key: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** For people: where the objects are. */
  readonly name: string;
}

export interface StoredFacts {
  readonly contentType: string;
  /** @default none */
  readonly facts?: Readonly<Record<string, string>>;
}

/** Signs texts with a key that never leaves its keeper. */
export interface Signer {
  /** The key, for whoever verifies. */
  readonly keyId: string;
  /** Name of the signature's algorithm. */
  readonly algorithm: string;
  sign(text: Uint8Array): Promise<Uint8Array>;
  verify(text: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
