import http from 'node:http';
import https from 'node:https';
import { isWeb } from '../../templates.ts';
import { findBound } from './bisect.ts';
import { sayOutcome } from './body-probe.ts';
import { addBound, type Probe } from './probe.ts';
import { ANSWER_TIMEOUT_MS, notCutShort, type Outcome, send } from './send.ts';

/** A higher number would measure this machine's sockets. */
const MOST_REQUESTS = 200;

/** Sends concurrent requests, twice as many each time, until one fails, then bisects. */
export async function probeConcurrency(probe: Probe): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  const secure = target.baseUrl.startsWith('https:');
  const agent = new (secure ? https.Agent : http.Agent)({
    keepAlive: true,
    maxFreeSockets: MOST_REQUESTS,
  });
  const url = `${target.baseUrl}/catalog/categories`;
  let failure: Outcome | undefined;
  let slowestMs = 0;
  const answered = async (count: number) => {
    const timeoutMs = Math.min(ANSWER_TIMEOUT_MS, leftMs() + 1000);
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
    while (goOn() && good < MOST_REQUESTS && (await answered(count))) {
      good = count;
      count = Math.min(MOST_REQUESTS, count * 2);
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
            rejected: undefined,
            probes: Math.ceil(Math.log2(good || 1)) + 1,
          };
    const origin = `this many concurrent GET /catalog/categories, doubling up to ${MOST_REQUESTS}; all must be answered with 200 within ${ANSWER_TIMEOUT_MS / 1000} s. ${target.label}`;
    addBound(
      probe,
      {
        what: 'most-concurrent',
        title: `Most concurrent requests that were all answered (tried up to ${MOST_REQUESTS})`,
        unit: 'requests',
        origin,
      },
      bound,
    );
  } finally {
    agent.destroy();
  }
  const quota = isWeb(target)
    ? 'Web Functions: up to 64 requests per environment as configured, and the environments that the templates allow (docs.aws.amazon.com/lambda/latest/dg/web-functions-scaling.html)'
    : target.variant === 'microservices'
      ? 'a load balancer has no limit on concurrent requests of its own; the tasks have one'
      : 'functions: 1,000 concurrent executions per account and region, 10 in some new accounts (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)';
  const seen = failure
    ? `the first failure: ${sayOutcome(failure)}`
    : `none failed; the slowest request of the largest round took ${Math.round(slowestMs)} ms`;
  findings.fact({ target: target.name, subject: 'Concurrent requests', text: `${seen}. ${quota}` });
}
