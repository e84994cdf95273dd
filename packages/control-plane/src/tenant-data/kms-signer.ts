import { createHash } from 'node:crypto';
import {
  type KMSClient,
  KMSInvalidSignatureException,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import type { Signer } from './archive-store';

const SigningAlgorithm = 'ECDSA_SHA_256';

/** Signs by an asymmetric key (ECC_NIST_P256, SIGN_VERIFY): with its public half, anyone can verify without AWS. */
export class KmsSigner implements Signer {
  readonly algorithm = SigningAlgorithm;

  constructor(
    private readonly kms: Pick<KMSClient, 'send'>,
    /** The key's ARN. */
    readonly keyId: string,
  ) {}

  async sign(text: Uint8Array): Promise<Uint8Array> {
    const { Signature } = await this.kms.send(
      new SignCommand({ KeyId: this.keyId, SigningAlgorithm, MessageType: 'DIGEST', Message: hashOf(text) }),
    );
    if (!Signature) throw new TypeError('kms answered without a signature');
    return Signature;
  }

  async verify(text: Uint8Array, Signature: Uint8Array): Promise<boolean> {
    try {
      const { SignatureValid } = await this.kms.send(
        new VerifyCommand({
          KeyId: this.keyId,
          SigningAlgorithm,
          MessageType: 'DIGEST',
          Message: hashOf(text),
          Signature,
        }),
      );
      return SignatureValid === true;
    } catch (error) {
      if (error instanceof KMSInvalidSignatureException) return false;
      throw error;
    }
  }
}

/** KMS takes 4 KB of text at most; a hash of any text fits. */
function hashOf(text: Uint8Array): Uint8Array {
  return createHash('sha256').update(text).digest();
}
