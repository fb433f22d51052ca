/** Client settings for a data plane of the local cloud. */
export function awsSettings(plane: { readonly endpointUrl: string }) {
  return {
    endpoint: plane.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}
