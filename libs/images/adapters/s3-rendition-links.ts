import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type VariantLocator, variantKey } from '../core/index.ts';

/** Long enough to follow a redirect, too short to pass the link on. */
const validSeconds = 60;

/** Presigned GETs of stored variants; signing is local and calls nobody. */
export function s3VariantLinks(options: { client: S3Client; bucket: string }): VariantLocator {
  return {
    locate: (variant) =>
      getSignedUrl(
        options.client,
        new GetObjectCommand({ Bucket: options.bucket, Key: variantKey(variant) }),
        { expiresIn: validSeconds },
      ),
  };
}
