import { type DataPlane, startDataPlane } from './data-plane-port.ts';

/**
 * Starts a data plane and points this process at it. The platform's clients read the environment once, so call this
 * before the first client is created. `stop` restores the environment.
 */
export async function enterDataPlane(
  env: Record<string, string | undefined> = process.env,
  start: () => Promise<DataPlane> = startDataPlane,
): Promise<DataPlane> {
  const plane = await start();
  const before = Object.keys(plane.environment).map((name) => [name, env[name]] as const);
  Object.assign(env, plane.environment);
  return {
    ...plane,
    async stop() {
      for (const [name, value] of before) {
        // Assigning `undefined` to process.env would store the text "undefined".
        if (value === undefined) delete env[name];
        else env[name] = value;
      }
      await plane.stop();
    },
  };
}
