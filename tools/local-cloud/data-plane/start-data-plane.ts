import type { DataPlane } from '@triptych/platform/testing/data-plane';
import { startLocalDataPlane } from './local-data-plane.ts';

/**
 * The AWS that a contract suite runs against, made here and nowhere else: the local cloud, or the LocalStack whose address
 * is in `TRIPTYCH_DATA_PLANE`. There it makes resources under the same names and removes them when it stops, so suites
 * follow one another.
 */
export async function startDataPlane(
  localStackUrl: string | undefined = process.env.TRIPTYCH_DATA_PLANE,
): Promise<DataPlane> {
  if (!localStackUrl) return startLocalDataPlane();
  // Its clients are for tests; whoever only brings up the local cloud does without.
  const { localStackDataPlane } = await import('../testing/localstack-data-plane.ts');
  return localStackDataPlane(localStackUrl);
}
