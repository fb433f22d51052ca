/**
 * What the platform itself reads from the environment: variables that AWS and its SDKs define, not settings of ours.
 * They are here because `process.env` is read in this folder alone.
 */
export const processEnvironment = {
  /** Where an emulated AWS listens; unset on AWS itself. */
  awsEndpointUrl: (): string | undefined => process.env.AWS_ENDPOINT_URL || undefined,
  /** `index.http` or `index.worker`: which export of the bundle this function runs. Unset outside Lambda. */
  lambdaHandler: (): string | undefined => process.env._HANDLER || undefined,
};
