import { pageOf } from '../endpoint/page-token.ts';
import { AwsError, type Kernel, type WireResponse } from '../kernel.ts';
import type { Buckets } from './buckets.ts';
import { notImplemented, rejectUndeclaredBody } from './members.ts';
import { OWNER } from './owner.ts';
import type { S3Request } from './s3-request.ts';
import { parseXml, xmlResponse } from './xml.ts';

const MAX_BUCKETS = 10_000;

/**
 * CreateBucket. In us-east-1, creating a bucket that one already owns succeeds.
 * @throws AwsError InvalidBucketName, InvalidLocationConstraint; NotImplemented for another region
 */
export function createBucket(buckets: Buckets, kernel: Kernel, request: S3Request): WireResponse {
  if (request.body.length > 0) checkLocation(kernel, request.body);
  const name = request.bucket;
  if (!buckets.find(name)) buckets.create(name);
  return { status: 200, headers: { location: `/${name}` } };
}

function checkLocation(kernel: Kernel, body: Buffer): void {
  const input = parseXml(body, 'CreateBucketConfiguration');
  rejectUndeclaredBody('CreateBucket', { CreateBucketConfiguration: input });
  const location = input.LocationConstraint;
  if (location === undefined || location === '') return;
  if (location === kernel.region) {
    throw new AwsError(
      'InvalidLocationConstraint',
      'The specified location-constraint is not valid',
    );
  }
  throw notImplemented(
    `The local cloud does not support buckets in ${String(location)}, only in ${kernel.region}`,
  );
}

/** HeadBucket. @throws AwsError NoSuchBucket */
export function headBucket(buckets: Buckets, kernel: Kernel, { bucket }: S3Request): WireResponse {
  buckets.get(bucket);
  return {
    status: 200,
    headers: {
      'content-type': 'application/xml',
      'x-amz-bucket-region': kernel.region,
      'x-amz-access-point-alias': 'false',
    },
  };
}

/** ListBuckets in pages. @throws AwsError InvalidArgument */
export function listBuckets(buckets: Buckets, kernel: Kernel, { query }: S3Request): WireResponse {
  const text = query.get('max-buckets');
  const limit = Number(text ?? MAX_BUCKETS);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_BUCKETS) {
    throw new AwsError(
      'InvalidArgument',
      `Argument max-buckets must be an integer between 1 and ${MAX_BUCKETS}`,
    );
  }
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const token = query.get('continuation-token') ?? undefined;
  const all = buckets
    .all()
    .filter(({ name }) => name.startsWith(prefix) && (region ?? kernel.region) === kernel.region);
  const { items, nextToken } = pageOf(all, {
    ...{ scope: 'buckets', token, limit },
    keyOf: ({ name }) => [name],
    invalidToken: () =>
      new AwsError('InvalidArgument', 'The continuation token provided is incorrect'),
  });
  // The region is included as soon as the request has a parameter.
  const withRegion = [text, region, token, query.get('prefix')].some((one) => one != null);
  return xmlResponse('ListAllMyBucketsResult', {
    Owner: OWNER,
    Buckets: {
      Bucket: items.map(({ name, createdAt }) => ({
        Name: name,
        CreationDate: createdAt,
        BucketRegion: withRegion ? kernel.region : undefined,
      })),
    },
    ContinuationToken: nextToken,
    Prefix: query.get('prefix') ?? undefined,
  });
}
