export {
  type DataPlane,
  provideDataPlane,
  type StoredObject,
  startDataPlane,
} from './data-plane-port.ts';
export { enterDataPlane } from './enter-data-plane.ts';

/** Settings of an AWS client that uses a data plane. */
export function awsSettings(plane: { readonly endpointUrl: string }) {
  return {
    endpoint: plane.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}
