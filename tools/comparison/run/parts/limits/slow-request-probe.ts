import { setTimeout as sleep } from 'node:timers/promises';
import { isWeb } from '../../templates.ts';
import { sayOutcome } from './body-probe.ts';
import type { Probe } from './probe.ts';
import { type Outcome, send } from './send.ts';

/** Latencies added to each AWS call. The request makes one read, so it takes about this long. */
const ADDED_LATENCIES_MS = [1000, 2000, 3000, 4000, 4500, 4900, 5500, 8000, 12_000];
/** The shortest time for this probe. The services answer within 10 s, so less time would measure the probe itself. */
const MIN_PROBE_MS = 13_000;
/** Time for a request to reach its table before the next latency is set. */
const SPACING_MS = 250;

/** Finds how long a request may take and still succeed. Sends requests shortly after each other, each with a higher table latency. */
export async function probeSlowRequests(probe: Probe): Promise<void> {
  const { findings, target, leftMs } = probe;
  const { local, name } = target;
  const title = 'Longest request that still succeeds';
  if (!local) {
    const why = 'this run cannot slow down a remote shop';
    findings.addMissing({ target: name, what: title, why });
    return;
  }
  if (leftMs() < MIN_PROBE_MS) {
    findings.addMissing({ target: name, what: title, why: 'time ran out before it was measured' });
    return;
  }
  const { cloud } = local.shop;
  const listed = await send({
    url: `${target.baseUrl}/catalog/products?limit=1`,
    method: 'GET',
    timeoutMs: 10_000,
  });
  const id = listed.status === 200 ? firstId(listed.body) : undefined;
  if (id === undefined) {
    findings.addMissing({
      target: name,
      what: title,
      why: 'the catalog is empty or does not answer',
    });
    return;
  }
  const ask = (timeoutMs: number) =>
    send({ url: `${target.baseUrl}/catalog/products/${id}`, method: 'GET', timeoutMs });
  // Start enough sandboxes for all requests first, so that no sandbox starts under the added latency.
  await Promise.all(ADDED_LATENCIES_MS.map(() => ask(10_000)));
  const asked: Promise<{ addedMs: number; outcome: Outcome }>[] = [];
  try {
    for (const added of ADDED_LATENCIES_MS) {
      cloud.misbehave({ addLatencyMs: added });
      const outcome = ask(Math.max(1000, Math.min(35_000, leftMs())));
      asked.push(outcome.then((one) => ({ addedMs: added, outcome: one })));
      await sleep(SPACING_MS);
    }
    // The last latency stays until all requests have ended, because a slow table is also slow for retries.
    addOutcomes(probe, title, await Promise.all(asked));
  } finally {
    cloud.misbehave({ addLatencyMs: 0 });
  }
}

function addOutcomes(
  { findings, target }: Probe,
  title: string,
  answers: readonly { readonly addedMs: number; readonly outcome: Outcome }[],
): void {
  const good = answers.filter(({ outcome }) => outcome.status === 200);
  const longest = good.toSorted((a, b) => b.outcome.ms - a.outcome.ms)[0];
  const bad = answers.find(({ outcome }) => outcome.status !== 200);
  if (longest) {
    findings.figure({
      what: 'longest-request',
      target: target.name,
      title,
      value: longest.outcome.ms / 1000,
      unit: 's',
      origin: `GET /catalog/products/{id} while the local cloud adds ${ADDED_LATENCIES_MS.join(', ')} ms to AWS calls; the slowest request answered with 200`,
      better: 'higher',
    });
  } else
    findings.addMissing({
      target: target.name,
      what: title,
      why: 'no slow request was answered with 200',
    });
  findings.fact({
    target: target.name,
    subject: 'Longer request',
    text: `${bad ? `with ${bad.addedMs} ms added: ${sayOutcome(bad.outcome)} after ${(bad.outcome.ms / 1000).toFixed(1)} s` : 'all were answered with 200'}. ${isWeb(target) ? WEB_BOUNDS : BOUNDS[target.variant]}`,
  });
}

const OWN_LIMITS =
  'Limits of the services: 5 s for an AWS call, with 3 attempts; 10 s for an answer (25 s for a picture).';
const QUOTAS = {
  microservices:
    'In front of them: load balancer, 60 s without data (docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html).',
  serverless:
    'In front of them: HTTP API, 30 s, not adjustable (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html); function, 15 s as configured, 900 s at most (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).',
  hybrid:
    'In front of them: CDN, 30 s for an origin’s answer (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html); load balancer, 60 s.',
} as const;
const BOUNDS = {
  microservices: `${OWN_LIMITS} ${QUOTAS.microservices}`,
  serverless: `${OWN_LIMITS} ${QUOTAS.serverless}`,
  hybrid: `${OWN_LIMITS} ${QUOTAS.hybrid}`,
} as const;

const WEB_BOUNDS = `${OWN_LIMITS} In front of them: CDN, 30 s for an origin’s answer (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html); Web Function, 15 s as configured, 900 s at most (docs.aws.amazon.com/lambda/latest/dg/web-functions-http.html).`;

function firstId(body: Buffer): string | undefined {
  const { items } = JSON.parse(body.toString()) as { items: { id: string }[] };
  return items[0]?.id;
}
