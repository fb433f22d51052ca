/**
 * Variables that the platform reads without a schema: those that AWS and its SDKs define, and the address of S3, which
 * the common settings check at boot. They are here because only this folder may read `process.env`.
 */
export const processEnvironment = {
  /** Address of an emulated AWS; unset on AWS. */
  awsEndpointUrl: (): string | undefined => process.env.AWS_ENDPOINT_URL || undefined,
  /** `index.http` or `index.worker`: the export of the bundle that this function runs. Unset outside Lambda. */
  lambdaHandler: (): string | undefined => process.env._HANDLER || undefined,
  /** Address of S3 for browsers, if this process uses another address. */
  s3PublicEndpoint: (): string | undefined => process.env.S3_PUBLIC_ENDPOINT || undefined,
  /** Credentials of a function, or where a task on ECS asks for them. AWS defines the names. */
  credentials: () => ({
    accessKeyId: process.env.AWS_ACCESS_KEY_ID || undefined,
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY || undefined,
    sessionToken: process.env.AWS_SESSION_TOKEN || undefined,
    taskPath: process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || undefined,
  }),
  s3ForcePathStyle: (): boolean => process.env.S3_FORCE_PATH_STYLE === 'true',
};
