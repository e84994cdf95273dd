/**
 * Types of resources that hold what no template can make again (rows, people, objects, keys, messages), each with
 * the properties that CloudFormation changes by making another one ("Update requires: Replacement").
 *
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
export const STATEFUL_TYPES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Backup::BackupVault': ['BackupVaultName', 'EncryptionKeyArn'],
  'AWS::Cognito::UserPool': ['AliasAttributes', 'UsernameAttributes'],
  'AWS::Cognito::UserPoolClient': ['GenerateSecret', 'UserPoolId'],
  'AWS::DynamoDB::GlobalTable': ['KeySchema', 'LocalSecondaryIndexes', 'TableName'],
  'AWS::DynamoDB::Table': ['ImportSourceSpecification', 'KeySchema', 'LocalSecondaryIndexes', 'TableName'],
  'AWS::EFS::FileSystem': ['AvailabilityZoneName', 'Encrypted', 'KmsKeyId', 'PerformanceMode'],
  'AWS::KMS::Key': [],
  'AWS::Kinesis::Stream': ['Name'],
  'AWS::RDS::DBCluster': [
    'AvailabilityZones',
    'DBClusterIdentifier',
    'DBSubnetGroupName',
    'DatabaseName',
    'KmsKeyId',
    'MasterUsername',
    'SnapshotIdentifier',
    'StorageEncrypted',
  ],
  'AWS::RDS::DBInstance': [
    'DBInstanceIdentifier',
    'DBName',
    'KmsKeyId',
    'MasterUsername',
    'StorageEncrypted',
  ],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::SecretsManager::Secret': ['Name'],
};
