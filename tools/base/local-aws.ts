/** Client settings for the local cloud, whose one key pair is known to all. */
export function localAws(endpointUrl: string) {
  return {
    endpoint: endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}
