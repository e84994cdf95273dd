/** The attack cannot be made: the cloud is not as it must be for it. No finding. */
export class AttackError extends Error {
  override readonly name = 'AttackError';
}
