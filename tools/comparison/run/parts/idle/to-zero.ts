import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_IDLE_TIMEOUT_MS } from '@triptych/local-cloud';
import type { PartFindings } from '../../../data/index.ts';
import { ShopConnection } from '../../../workloads/index.ts';
import type { ComparedTarget, LocalShop, PartContext } from '../../part.ts';
import { processesOf } from '../processes/process-use.ts';
import { withSandboxLimits } from '../sandbox-limits.ts';

/** The idle timeout of sandboxes during this measurement. The local cloud's default of 5 minutes would take too long. */
const IDLE_TIMEOUT_MS = { quick: 1_000, full: 10_000 };
/** Extra time for the last answer, the cloud's check of its sandboxes, and their end. */
const SLACK_MS = 5_000;
const POLL_MS = 20;
const what = 'Time to scale to zero';

/** Measures the time from a target's last answer until none of its processes runs. Container tasks never stop. */
export async function measureToZero(
  findings: PartFindings,
  target: ComparedTarget,
  local: LocalShop,
  { mode, signal }: PartContext,
): Promise<void> {
  const { name, baseUrl } = target;
  if (processesOf(local).some(({ kind }) => kind === 'container')) {
    const why = 'it never scales to zero, because container tasks run all the time';
    return findings.addMissing({ target: name, what, why });
  }
  const shop = new ShopConnection(baseUrl);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(IDLE_TIMEOUT_MS[mode] + SLACK_MS)]);
  try {
    const seconds = await withSandboxLimits(
      [target],
      { idleTimeoutMs: IDLE_TIMEOUT_MS[mode] },
      async () => {
        await shop.ask({ method: 'GET', path: '/catalog/products?limit=1', signal: limit });
        const since = performance.now();
        while (processesOf(local).length > 0) await sleep(POLL_MS, undefined, { signal: limit });
        return (performance.now() - since) / 1000;
      },
    );
    findings.figure({
      what: 'to-zero',
      target: name,
      title: `Time to scale to zero, with a sandbox idle timeout of ${IDLE_TIMEOUT_MS[mode] / 1000} s`,
      value: seconds,
      unit: 's',
      sampled: { n: 1, spread: { kind: 'min-max', low: seconds, high: seconds } },
      origin:
        'from the last answer until no process of the variant runs; for this measurement the local cloud keeps idle sandboxes for ' +
        `${IDLE_TIMEOUT_MS[mode] / 1000} s instead of ${SANDBOX_IDLE_TIMEOUT_MS / 1000} s; AWS keeps them for some minutes and guarantees no number`,
      better: 'lower',
    });
  } catch {
    const why = `a process still ran ${(IDLE_TIMEOUT_MS[mode] + SLACK_MS) / 1000} s after the last request`;
    findings.addMissing({
      target: name,
      what,
      why: signal.aborted ? 'the run was interrupted' : why,
    });
  } finally {
    shop.close();
  }
}
