import type { DataPlane } from './data-plane.ts';
import { startDataPlane } from './start-data-plane.ts';

/**
 * Starts a data plane and makes it this process's AWS: the platform's own clients read where AWS is from the
 * environment, once, so it must be called before the first of them is made. `stop` puts the environment back.
 */
export async function enterDataPlane(
  env: Record<string, string | undefined> = process.env,
): Promise<DataPlane> {
  const plane = await startDataPlane();
  const before = Object.keys(plane.environment).map((name) => [name, env[name]] as const);
  Object.assign(env, plane.environment);
  return {
    ...plane,
    async stop() {
      for (const [name, value] of before) {
        // `undefined` in process.env would become the text "undefined".
        if (value === undefined) delete env[name];
        else env[name] = value;
      }
      await plane.stop();
    },
  };
}
