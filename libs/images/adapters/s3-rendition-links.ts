import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type RenditionLinks, renditionKey } from '../core/index.ts';

/** Long enough to follow a redirect, too short to share the link. */
const VALID_SECONDS = 60;

/** Presigned GETs of stored renditions. Signing is local: it sends no request. */
export function s3RenditionLinks(options: { client: S3Client; bucket: string }): RenditionLinks {
  return {
    linkTo: (rendition) =>
      getSignedUrl(
        options.client,
        new GetObjectCommand({ Bucket: options.bucket, Key: renditionKey(rendition) }),
        { expiresIn: VALID_SECONDS },
      ),
  };
}
