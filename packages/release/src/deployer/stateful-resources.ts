/** Types of resources that hold what cannot be made again from the template: rows, people, objects, keys. */
export const STATEFUL_TYPES: ReadonlySet<string> = new Set([
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** What a change set would do to one resource. */
export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  /** Whether another resource takes its place. @default 'False' */
  readonly replacement?: 'True' | 'False' | 'Conditional' | undefined;
  /** What becomes of one that goes away. @default CloudFormation does not say */
  readonly policy?: string | undefined;
}

export interface Confirmation {
  /** Logical ids whose replacement or removal is meant. @default none */
  readonly confirmed?: readonly string[] | undefined;
  /**
   * Whether resources may leave the stack that stay where they are: going back to the time before them is no loss.
   * @default false
   */
  readonly mayLeave?: boolean;
}

/** Stateful resources that the changes would replace or take out of the stack and that nobody has confirmed by name. */
export function refusedReplacements(
  changes: readonly ResourceChange[],
  { confirmed = [], mayLeave = false }: Confirmation = {},
): readonly ResourceChange[] {
  return changes.filter(
    ({ type, logicalId, action, replacement = 'False', policy }) =>
      STATEFUL_TYPES.has(type) &&
      !confirmed.includes(logicalId) &&
      ((action === 'Remove' && !(mayLeave && policy === 'Retain')) ||
        (action === 'Modify' && replacement !== 'False')),
  );
}
