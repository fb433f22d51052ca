import { type JsonOperation, rejectUnknown } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';

type Input = Readonly<Record<string, unknown>>;

/** The supported operations of Secrets Manager. */
export function secretOperations(store: SecretStore): Record<string, JsonOperation> {
  return {
    CreateSecret: (input) => {
      rejectUnknown(
        input,
        ['Name', 'SecretString', 'Description', 'ClientRequestToken'],
        'CreateSecret',
      );
      const { ClientRequestToken: token, Description: description } = input;
      const secret = store.create(text(input, 'Name'), text(input, 'SecretString'), {
        ...(typeof token === 'string' ? { versionId: token } : {}),
        ...(typeof description === 'string' ? { description } : {}),
      });
      return { ARN: secret.arn, Name: secret.name, VersionId: secret.current.id };
    },
    GetSecretValue: (input) => {
      rejectUnknown(input, ['SecretId', 'VersionId', 'VersionStage'], 'GetSecretValue');
      const secret = store.get(input.SecretId);
      const { version, stage } = wantedVersion(secret, input);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: [stage],
        SecretString: version.text,
        CreatedDate: epochSeconds(version.createdAt),
      };
    },
    DescribeSecret: (input) => {
      rejectUnknown(input, ['SecretId'], 'DescribeSecret');
      const secret = store.get(input.SecretId);
      return {
        ARN: secret.arn,
        Name: secret.name,
        ...(secret.description === undefined ? {} : { Description: secret.description }),
        CreatedDate: epochSeconds(secret.createdAt),
        LastChangedDate: epochSeconds(secret.current.createdAt),
        VersionIdsToStages: {
          [secret.current.id]: ['AWSCURRENT'],
          ...(secret.previous ? { [secret.previous.id]: ['AWSPREVIOUS'] } : {}),
        },
      };
    },
    PutSecretValue: (input) => {
      rejectUnknown(input, ['SecretId', 'SecretString', 'ClientRequestToken'], 'PutSecretValue');
      const secret = store.get(input.SecretId);
      const token = input.ClientRequestToken;
      const value = text(input, 'SecretString');
      const version = store.put(secret, value, typeof token === 'string' ? token : undefined);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: ['AWSCURRENT'],
      };
    },
  };
}

function wantedVersion(
  secret: Secret,
  input: Input,
): { version: SecretVersion; stage: 'AWSCURRENT' | 'AWSPREVIOUS' } {
  const { current, previous } = secret;
  const { VersionId: id, VersionStage: stage } = input;
  const matches = (version: SecretVersion | undefined, ownStage: string) =>
    version && (id ?? version.id) === version.id && (stage ?? ownStage) === ownStage;
  if (matches(current, 'AWSCURRENT')) return { version: current, stage: 'AWSCURRENT' };
  if (previous && matches(previous, 'AWSPREVIOUS') && (id ?? stage) !== undefined) {
    return { version: previous, stage: 'AWSPREVIOUS' };
  }
  throw new AwsError('ResourceNotFoundException', `The secret has no version ${id ?? stage}`);
}

function text(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') {
    throw new AwsError('InvalidParameterException', `${name} must be a non-empty string`);
  }
  return value;
}

function epochSeconds(date: Date): number {
  return date.getTime() / 1000;
}
