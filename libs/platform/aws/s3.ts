import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { processEnvironment } from '../config/process-environment.ts';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

const settings = (): S3ClientConfig => ({
  ...clientBounds(),
  // By default, a presigned upload carries the checksum of an empty body, and S3 rejects it.
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  // A custom endpoint has no DNS name for each bucket.
  forcePathStyle:
    processEnvironment.s3ForcePathStyle() || processEnvironment.awsEndpointUrl() !== undefined,
});

/** The S3 client for calls from this process. */
export const s3 = oncePerProcess(() => new S3Client(settings()));

/**
 * The client that presigns forms and links for browsers: for `S3_PUBLIC_ENDPOINT` if it is set, otherwise {@link s3}. A
 * signature is valid for one host only, and browsers may reach S3 at another host than the services do. It only signs
 * and never sends a request.
 */
export const publicS3 = oncePerProcess(() => {
  const endpoint = processEnvironment.s3PublicEndpoint();
  return endpoint === undefined
    ? s3()
    : new S3Client({ ...settings(), endpoint, forcePathStyle: true });
});
