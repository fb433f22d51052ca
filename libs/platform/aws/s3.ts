import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { processEnvironment } from '../config/process-environment.ts';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

const settings = (): S3ClientConfig => ({
  ...clientBounds(),
  // Otherwise a presigned upload carries the checksum of an empty body and AWS refuses it.
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  // A custom endpoint has no DNS name per bucket.
  forcePathStyle:
    processEnvironment.s3ForcePathStyle() || processEnvironment.awsEndpointUrl() !== undefined,
});

export const s3 = oncePerProcess(() => new S3Client(settings()));

/**
 * The client that signs what browsers are given: for `S3_PUBLIC_ENDPOINT` where that is set, else the same as {@link s3}.
 * It is never called with; a signature holds for one host only, and a browser may know S3 by another than the services.
 */
export const publicS3 = oncePerProcess(() => {
  const endpoint = processEnvironment.s3PublicEndpoint();
  return endpoint === undefined
    ? s3()
    : new S3Client({ ...settings(), endpoint, forcePathStyle: true });
});
