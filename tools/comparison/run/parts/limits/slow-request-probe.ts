import { setTimeout as sleep } from 'node:timers/promises';
import { sayOutcome } from './body-probe.ts';
import type { Probe } from './probe.ts';
import { type Outcome, send } from './send.ts';

/** Added to each AWS call. One read makes the answer, so this is about how long the request takes. */
const addedMs = [1000, 2000, 3000, 4000, 4500, 4900, 5500, 8000, 12_000];
/** The services answer within 10 s, well or not; what is told of less time would be told of the probe. */
const leastMs = 13_000;
/** For a request to be under way to its table before the next one's latency is set. */
const spacingMs = 250;

/**
 * How long a request may take and still be answered: a slow table makes it slow, the longer the later it is asked. They are sent
 * one shortly after the other, each under a latency of its own, and all waited for.
 */
export async function probeSlowRequests(probe: Probe): Promise<void> {
  const { findings, target, leftMs } = probe;
  const { local, name } = target;
  const title = 'Longest request that was still answered';
  if (!local) {
    const why = 'nothing makes a remote shop slow on purpose';
    findings.lack({ target: name, what: title, why });
    return;
  }
  if (leftMs() < leastMs) {
    findings.lack({ target: name, what: title, why: 'the time was used up before it' });
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
    findings.lack({ target: name, what: title, why: 'the catalog is empty or does not answer' });
    return;
  }
  const ask = (timeoutMs: number) =>
    send({ url: `${target.baseUrl}/catalog/products/${id}`, method: 'GET', timeoutMs });
  // As many sandboxes as will be waited for at once, so that none has to start under the latency.
  await Promise.all(addedMs.map(() => ask(10_000)));
  const asked: Promise<{ addedMs: number; outcome: Outcome }>[] = [];
  try {
    for (const added of addedMs) {
      cloud.misbehave({ addLatencyMs: added });
      const outcome = ask(Math.max(1000, Math.min(35_000, leftMs())));
      asked.push(outcome.then((one) => ({ addedMs: added, outcome: one })));
      await sleep(spacingMs);
    }
    // The last latency stays until all have ended: a table that is slow is slow for retries too.
    tell(probe, title, await Promise.all(asked));
  } finally {
    cloud.misbehave({ addLatencyMs: 0 });
  }
}

function tell(
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
      origin: `GET /catalog/products/{id} while the local cloud adds ${addedMs.join(', ')} ms to AWS calls; the slowest that was answered 200`,
      better: 'higher',
    });
  } else
    findings.lack({ target: target.name, what: title, why: 'no slow request was answered 200' });
  findings.fact({
    target: target.name,
    subject: 'longer request',
    text: `${bad ? `with ${bad.addedMs} ms added: ${sayOutcome(bad.outcome)} after ${(bad.outcome.ms / 1000).toFixed(1)} s` : 'all were answered 200'}. ${bounds[target.variant]}`,
  });
}

const ours =
  'Bounds of the services: 5 s for an AWS call, tried 3 times; 10 s for an answer (25 s for a picture).';
const quotas = {
  microservices:
    'Before them: load balancer, 60 s without a byte (docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html).',
  serverless:
    'Before them: HTTP API, 30 s, which no setting raises (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html); function, 15 s as set, 900 s at most (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).',
  hybrid:
    'Before them: CDN, 30 s for an origin’s answer (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html); load balancer, 60 s.',
} as const;
const bounds = {
  microservices: `${ours} ${quotas.microservices}`,
  serverless: `${ours} ${quotas.serverless}`,
  hybrid: `${ours} ${quotas.hybrid}`,
} as const;

function firstId(body: Buffer): string | undefined {
  const { items } = JSON.parse(body.toString()) as { items: { id: string }[] };
  return items[0]?.id;
}
