import type { RequiredAction } from '../iam/index.ts';

const READ = ['kms:Decrypt'];
const WRITE = ['kms:GenerateDataKey', 'kms:Decrypt'];

/**
 * What a call of a resource under a customer's key needs on the key. Every call of items needs the table's key.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'sqs:SendMessage': WRITE,
  'sqs:ReceiveMessage': READ,
  's3:GetObject': READ,
  's3:PutObject': WRITE,
  'secretsmanager:GetSecretValue': READ,
  'dynamodb:BatchGetItem': READ,
  'dynamodb:BatchWriteItem': READ,
  'dynamodb:ConditionCheckItem': READ,
  'dynamodb:DeleteItem': READ,
  'dynamodb:GetItem': READ,
  'dynamodb:GetRecords': READ,
  'dynamodb:PutItem': READ,
  'dynamodb:Query': READ,
  'dynamodb:Scan': READ,
  'dynamodb:UpdateItem': READ,
};

/** The resource that has the key: the bucket of an object, the table of an index or a stream. */
function keyHolder(resource: string): string {
  if (resource.startsWith('arn:aws:s3:::')) return resource.split('/', 1)[0] ?? resource;
  const [table] = /^arn:aws:dynamodb:[^:]*:[^:]*:table\/[^/]+/.exec(resource) ?? [];
  return table ?? resource;
}

/** The actions on a customer's key that a required action needs as well. @param keys ARNs of keys by resource ARN */
export function keyActions(
  { action, resource }: RequiredAction,
  keys: ReadonlyMap<string, string>,
): RequiredAction[] {
  const key = keys.get(keyHolder(resource));
  if (key === undefined) return [];
  return (KEY_ACTIONS[action] ?? []).map((one) => ({ action: one, resource: key }));
}
