import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_IDLE_TIMEOUT_MS } from '@triptych/local-cloud';
import type { PartFindings } from '../../../data/index.ts';
import { ShopConnection } from '../../../workloads/index.ts';
import type { ComparedTarget, LocalShop, PartContext } from '../../part.ts';
import { processesOf } from '../processes/process-use.ts';
import { withSandboxLimits } from '../sandbox-limits.ts';

/** How long the local cloud keeps idle sandboxes while this is measured; its own 5 minutes would take too long. */
const keptMs = { quick: 1_000, full: 10_000 };
/** Beyond that time, for the last answer, the cloud's look at its sandboxes, and their end. */
const slackMs = 5_000;
const lookEveryMs = 20;
const what = 'to-zero: seconds until nothing runs';

/** From a target's last answer until no process of it runs; what has container tasks never gets there. */
export async function measureToZero(
  findings: PartFindings,
  target: ComparedTarget,
  local: LocalShop,
  { mode, signal }: PartContext,
): Promise<void> {
  const { name, baseUrl } = target;
  if (processesOf(local).some(({ kind }) => kind === 'container')) {
    const why = 'it never goes to zero: container tasks run all the time';
    return findings.lack({ target: name, what, why });
  }
  const shop = new ShopConnection(baseUrl);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(keptMs[mode] + slackMs)]);
  try {
    const seconds = await withSandboxLimits([target], { idleTimeoutMs: keptMs[mode] }, async () => {
      await shop.ask({ method: 'GET', path: '/catalog/products?limit=1', signal: limit });
      const since = performance.now();
      while (processesOf(local).length > 0) await sleep(lookEveryMs, undefined, { signal: limit });
      return (performance.now() - since) / 1000;
    });
    findings.figure({
      what: 'to-zero',
      target: name,
      title: `Until nothing runs, with idle sandboxes kept for ${keptMs[mode] / 1000} s`,
      value: seconds,
      unit: 's',
      sampled: { n: 1, spread: { kind: 'min-max', low: seconds, high: seconds } },
      origin:
        'from the last answer until no process of the variant runs; the local cloud was told to keep idle sandboxes for ' +
        `${keptMs[mode] / 1000} s, else it keeps them for ${SANDBOX_IDLE_TIMEOUT_MS / 1000} s; AWS keeps them for some minutes and promises no number`,
      better: 'lower',
    });
  } catch {
    const why = `something still ran ${(keptMs[mode] + slackMs) / 1000} s after the last request`;
    findings.lack({ target: name, what, why: signal.aborted ? 'the run was interrupted' : why });
  } finally {
    shop.close();
  }
}
