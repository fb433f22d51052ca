import type { JsonOperation } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import { describeSecret, epochSeconds } from './describe-secret.ts';
import { listSecrets } from './list-secrets.ts';
import type { SECRETS_MEMBERS } from './members.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';

type Input = Readonly<Record<string, unknown>>;

const VALID_NAME = /^[A-Za-z0-9/_+=.@!-]{1,512}$/;
const MAX_SECRET_BYTES = 65_536;
const TOKEN_LENGTH = { least: 32, most: 64 };

/** The supported operations of Secrets Manager. */
export function secretOperations(
  store: SecretStore,
): Record<keyof typeof SECRETS_MEMBERS, JsonOperation> {
  return {
    CreateSecret: (input) => {
      const name = readName(input.Name);
      const versionId = readToken(input);
      const secret = store.create(name, readValue(input), {
        ...(versionId === undefined ? {} : { versionId }),
        ...(typeof input.Description === 'string' ? { description: input.Description } : {}),
      });
      const { current } = secret;
      return { ARN: secret.arn, Name: secret.name, ...(current ? { VersionId: current.id } : {}) };
    },
    GetSecretValue: (input) => {
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
    DescribeSecret: (input) => describeSecret(store.get(input.SecretId)),
    PutSecretValue: (input) => {
      const secret = store.get(input.SecretId);
      const value = readValue(input);
      if (value === undefined) {
        throw invalidParameter('You must provide either SecretString or SecretBinary.');
      }
      const version = store.put(secret, value, readToken(input));
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: [version === secret.current ? 'AWSCURRENT' : 'AWSPREVIOUS'],
      };
    },
    ListSecrets: (input) => listSecrets(store, input),
  };
}

function wantedVersion(
  { current, previous }: Secret,
  { VersionId: id, VersionStage: stage }: Input,
): { version: SecretVersion; stage: 'AWSCURRENT' | 'AWSPREVIOUS' } {
  const wantedStage = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
  const staged = [
    { version: current, stage: 'AWSCURRENT' },
    { version: previous, stage: 'AWSPREVIOUS' },
  ] as const;
  const byId = staged.find(({ version }) => version && version.id === id);
  if (byId?.version && wantedStage !== undefined && byId.stage !== wantedStage) {
    throw new AwsError(
      'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.',
    );
  }
  const found = id === undefined ? staged.find(({ stage: one }) => one === wantedStage) : byId;
  if (found?.version) return { version: found.version, stage: found.stage };
  const what = id === undefined ? `staging label: ${wantedStage}` : `VersionId: ${id}`;
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${what}`,
  );
}

function readName(name: unknown): string {
  if (typeof name === 'string' && VALID_NAME.test(name)) return name;
  throw new AwsError(
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  );
}

/** The value of a request, or undefined when it has none. */
function readValue({ SecretString: value }: Input): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '') {
    throw invalidParameter('SecretString must be a non-empty string');
  }
  if (Buffer.byteLength(value) > MAX_SECRET_BYTES) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: SecretString must have at most ${MAX_SECRET_BYTES} bytes`,
    );
  }
  return value;
}

function readToken({ ClientRequestToken: token }: Input): string | undefined {
  if (token === undefined || token === null) return undefined;
  const { least, most } = TOKEN_LENGTH;
  if (typeof token === 'string' && token.length >= least && token.length <= most) return token;
  throw invalidParameter(`ClientRequestToken must be ${least}-${most} characters long.`);
}

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
