/**
 * What the platform itself reads from the environment before any settings are loaded: variables that AWS and its SDKs
 * define, and how S3 is addressed (which the common settings check at boot). They are here because `process.env` is read in this folder alone.
 */
export const processEnvironment = {
  /** Where an emulated AWS listens; unset on AWS itself. */
  awsEndpointUrl: (): string | undefined => process.env.AWS_ENDPOINT_URL || undefined,
  /** `index.http` or `index.worker`: which export of the bundle this function runs. Unset outside Lambda. */
  lambdaHandler: (): string | undefined => process.env._HANDLER || undefined,
  /** Where browsers reach S3, when not where this process does. */
  s3PublicEndpoint: (): string | undefined => process.env.S3_PUBLIC_ENDPOINT || undefined,
  s3ForcePathStyle: (): boolean => process.env.S3_FORCE_PATH_STYLE === 'true',
};
