import { S3Client } from '@aws-sdk/client-s3';
import { processEnvironment } from '../config/process-environment.ts';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const s3 = oncePerProcess(
  () =>
    new S3Client({
      ...clientBounds(),
      // Otherwise a presigned upload carries the checksum of an empty body and AWS refuses it.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // A custom endpoint has no DNS name per bucket.
      forcePathStyle: processEnvironment.awsEndpointUrl() !== undefined,
    }),
);
