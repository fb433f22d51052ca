import type { Variant } from '@triptych/base/variants';
import { composeSettings } from '@triptych/shop/docker/compose-settings';
import { runSuite } from '../../run/run-suite.ts';
import type { RunningProject } from './compose-project.ts';
import { openFunctionUrlProxy } from './function-url-proxy.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** The suites that test a variant of the compose project. */
export type Suite = 'conformance' | 'faults';

/** LocalStack shares the machine's cores with everything else, and is several times slower than the local cloud. */
const TIMEOUT_MS = 30 * 60_000;
/** Concurrent checks. Functions get one: each concurrent request starts a container, and LocalStack would time out. */
const atOnce: Readonly<Record<Variant, number>> = { microservices: 2, serverless: 1, hybrid: 2 };

/** Runs suites against one variant and returns how many failed. */
export async function judgeVariant(
  project: RunningProject,
  variant: Variant,
  suites: readonly Suite[],
  signal: AbortSignal,
): Promise<number> {
  await waitUntilReady(project.baseUrl[variant]);
  const settings = await composeSettings(variant, project);
  const provider = await openFunctionUrlProxy(
    settings.TRIPTYCH_PROVIDER_URL ?? '',
    project.endpointUrl,
  );
  const known = {
    ...settings,
    TRIPTYCH_VARIANT: variant,
    TRIPTYCH_PROVIDER_URL: provider.url,
    TRIPTYCH_ENDPOINT_URL: project.endpointUrl,
    TRIPTYCH_COMPOSE_PROJECT: project.name,
  };
  const own = `TRIPTYCH_${variant.toUpperCase()}_`;
  const environment = {
    TRIPTYCH_WORKERS: '1',
    TRIPTYCH_CONCURRENCY: String(atOnce[variant]),
    // LocalStack may be busy with a container when a request arrives. Against the local cloud there are no retries.
    TRIPTYCH_RETRY: '1',
    ...Object.fromEntries(
      Object.entries(known).map(([key, value]) => [key.replace('TRIPTYCH_', own), value]),
    ),
  };
  let failed = 0;
  try {
    for (const name of suites) {
      // LocalStack manages the containers of functions, so there is none to kill by name.
      if (name === 'faults' && variant === 'serverless') continue;
      const suite = name === 'faults' ? 'docker/faults' : name;
      const run = { suite, projects: [variant], environment, timeoutMs: TIMEOUT_MS, signal };
      if (!(await runSuite(run))) failed += 1;
    }
  } finally {
    await provider.close();
  }
  return failed;
}
