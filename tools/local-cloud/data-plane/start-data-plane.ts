import type { DataPlane } from '@triptych/platform/testing/data-plane';
import { startLocalDataPlane } from './local-data-plane.ts';

/**
 * Starts the AWS that a contract suite runs against: the local cloud, or the LocalStack at the URL
 * in `TRIPTYCH_DATA_PLANE`. In LocalStack, all suites use the same resource names. `stop` removes
 * the resources, so the suites must run one after the other.
 */
export async function startDataPlane(
  localStackUrl: string | undefined = process.env.TRIPTYCH_DATA_PLANE,
): Promise<DataPlane> {
  if (!localStackUrl) return startLocalDataPlane();
  // Loaded on demand, because its SDK clients are only needed for tests.
  const { localStackDataPlane } = await import('../testing/localstack-data-plane.ts');
  return localStackDataPlane(localStackUrl);
}
