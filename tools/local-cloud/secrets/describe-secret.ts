import type { Secret } from './secret-store.ts';

/** DescribeSecret. A secret without a value has no versions. */
export function describeSecret(secret: Secret) {
  const { current, previous } = secret;
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    CreatedDate: epochSeconds(secret.createdAt),
    LastChangedDate: epochSeconds(current?.createdAt ?? secret.createdAt),
    ...(current
      ? {
          VersionIdsToStages: {
            [current.id]: ['AWSCURRENT'],
            ...(previous ? { [previous.id]: ['AWSPREVIOUS'] } : {}),
          },
        }
      : {}),
  };
}

export function epochSeconds(date: Date): number {
  return date.getTime() / 1000;
}
