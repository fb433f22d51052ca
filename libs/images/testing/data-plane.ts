import { type DataPlane, startDataPlane } from '@triptych/local-cloud';

/**
 * Buckets and queues on this machine, found by the platform's own clients: they read where AWS is
 * from the environment.
 */
export async function dataPlane(): Promise<DataPlane> {
  const plane = await startDataPlane();
  Object.assign(process.env, plane.environment);
  return plane;
}
