import http from 'node:http';
import https from 'node:https';
import { findBound } from './bisect.ts';
import { sayOutcome } from './body-probe.ts';
import { type Probe, tellBound } from './probe.ts';
import { answerWithinMs, notCutShort, type Outcome, send } from './send.ts';

/** More would measure this machine's sockets. */
const most = 200;

/** So many requests at the same moment, twice as many each time, until one is not answered well. */
export async function probeConcurrency(probe: Probe): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  const secure = target.baseUrl.startsWith('https:');
  const agent = new (secure ? https.Agent : http.Agent)({ keepAlive: true, maxFreeSockets: most });
  const url = `${target.baseUrl}/catalog/categories`;
  let failure: Outcome | undefined;
  let slowestMs = 0;
  const answered = async (count: number) => {
    const timeoutMs = Math.min(answerWithinMs, leftMs() + 1000);
    const outcomes = await Promise.all(
      Array.from({ length: count }, () => send({ url, method: 'GET', timeoutMs, agent })),
    );
    const wrong = outcomes.find(({ status }) => status !== 200);
    if (wrong) failure = notCutShort(wrong, timeoutMs);
    else slowestMs = Math.max(...outcomes.map(({ ms }) => ms));
    return wrong === undefined;
  };
  const goOn = () => leftMs() > 0 && !signal.aborted;
  try {
    let good = 0;
    let count = 1;
    while (goOn() && good < most && (await answered(count))) {
      good = count;
      count = Math.min(most, count * 2);
    }
    const bound =
      failure && good > 0
        ? await findBound({
            low: good,
            high: count,
            tolerance: Math.max(1, Math.round(good / 10)),
            accepts: answered,
            goOn,
          })
        : {
            accepted: good || undefined,
            refused: undefined,
            probes: Math.ceil(Math.log2(good || 1)) + 1,
          };
    const origin = `GET /catalog/categories so often at the same moment, doubling up to ${most}; all must be answered 200 within ${answerWithinMs / 1000} s. ${target.label}`;
    tellBound(
      probe,
      {
        what: 'most-concurrent',
        title: `Most requests at once that were all answered (tried up to ${most})`,
        unit: 'requests',
        origin,
      },
      bound,
    );
  } finally {
    agent.destroy();
  }
  const quota =
    target.variant === 'microservices'
      ? 'a load balancer has no bound of its own on requests at once; the tasks have'
      : 'functions: 1,000 at once in an account and region, 10 in some new ones (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)';
  const seen = failure
    ? `the first that failed: ${sayOutcome(failure)}`
    : `none failed; the slowest of the largest round took ${Math.round(slowestMs)} ms`;
  findings.fact({ target: target.name, subject: 'requests at once', text: `${seen}. ${quota}` });
}
