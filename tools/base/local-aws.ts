/** AWS client settings for the local cloud, which has one well-known key pair. */
export function localAws(endpointUrl: string) {
  return {
    endpoint: endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}
