import { pageOf } from '../endpoint/page-token.ts';
import { AwsError } from '../kernel.ts';
import { describeSecret } from './describe-secret.ts';
import type { Secret, SecretStore } from './secret-store.ts';

type Input = Readonly<Record<string, unknown>>;

const MAX_RESULTS = 100;

/** How secrets are sorted. AWS sorts by creation, newest first, unless the request says otherwise. */
const SORT_KEYS: Readonly<Record<string, (secret: Secret) => string | number>> = {
  'created-date': ({ createdAt }) => createdAt.getTime(),
  'last-changed-date': ({ current, createdAt }) => (current?.createdAt ?? createdAt).getTime(),
  name: ({ name }) => name,
};

/**
 * ListSecrets in pages. Filters select by the start of the name (case-sensitive) or of the
 * description; a value with `!` in front excludes.
 * @throws AwsError InvalidParameterException, InvalidNextTokenException
 */
export function listSecrets(store: SecretStore, input: Input) {
  const limit = Number(input.MaxResults ?? MAX_RESULTS);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_RESULTS) {
    throw invalid(`MaxResults must be a whole number from 1 to ${MAX_RESULTS}`);
  }
  const filters = ((input.Filters ?? []) as { Key?: string; Values?: string[] }[]).map(filter);
  const selected = store.all().filter((secret) => filters.every((passes) => passes(secret)));
  const { by, key, order } = sorting(input);
  const { items, nextToken } = pageOf(selected, {
    ...{ scope: `secrets by ${by} ${order}`, token: input.NextToken, limit },
    keyOf: (secret) => [key(secret), secret.name],
    descending: order === 'desc',
    invalidToken: () => new AwsError('InvalidNextTokenException', 'NextToken is invalid.'),
  });
  const SecretList = items.map((secret) => {
    const { VersionIdsToStages, ...described } = describeSecret(secret);
    return { ...described, SecretVersionsToStages: VersionIdsToStages };
  });
  return { SecretList, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

function sorting({ SortBy, SortOrder }: Input) {
  const by = String(SortBy ?? 'created-date');
  const key = Object.hasOwn(SORT_KEYS, by) ? SORT_KEYS[by] : undefined;
  if (!key) throw invalid(`The local cloud does not support ListSecrets with SortBy ${by}`);
  const order = SortOrder ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw invalid('SortOrder must be asc or desc');
  return { by, key, order };
}

function filter({ Key, Values = [] }: { Key?: string; Values?: string[] }) {
  if (Key !== 'name' && Key !== 'description') {
    throw invalid(`The local cloud does not support ListSecrets with the filter ${Key}`);
  }
  const normal = (text: string) => (Key === 'name' ? text : text.toLowerCase());
  return (secret: Secret): boolean => {
    const text = normal((Key === 'name' ? secret.name : secret.description) ?? '');
    const excluded = Values.filter((value) => value.startsWith('!'));
    const included = Values.filter((value) => !value.startsWith('!'));
    if (excluded.some((value) => text.startsWith(normal(value.slice(1))))) return false;
    return included.length === 0 || included.some((value) => text.startsWith(normal(value)));
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
