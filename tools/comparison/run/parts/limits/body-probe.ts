import { findBound } from './bisect.ts';
import { addBound, type Probe } from './probe.ts';
import { ANSWER_TIMEOUT_MS, notCutShort, type Outcome, send } from './send.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** The body limit of the services (libs/platform/http). */
const DOCUMENTED_BYTES = 64 * KIB;
/** HTTP API and REST API accept 10 MiB, and a function's event has at most 6 MiB, so larger bodies show nothing new. */
const LARGEST_TRIED_BYTES = 12 * MIB;

/** Finds the largest JSON body that a service reads, and the largest that the platform forwards to it. */
export async function probeBody(probe: Probe): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  const goOn = () => leftMs() > 0 && !signal.aborted;
  const ask = async (bytes: number) => {
    const timeoutMs = Math.min(ANSWER_TIMEOUT_MS, leftMs() + 1000);
    return notCutShort(await post(target.baseUrl, bytes, timeoutMs), timeoutMs);
  };
  let rejection: Outcome | undefined;
  const own = await findBound({
    low: KIB,
    high: 4 * DOCUMENTED_BYTES,
    guess: DOCUMENTED_BYTES,
    goOn,
    accepts: async (bytes) => {
      const answer = await ask(bytes);
      // 400 is about the content, so the body was read.
      if (answer.status === 400) return true;
      rejection = answer;
      return false;
    },
  });
  const origin = `POST /auth/register with a JSON body of this size, by bisection: 400 (read, but invalid) counts as accepted, 413 or a closed connection as rejected`;
  addBound(
    probe,
    {
      what: 'largest-body',
      title: 'Largest JSON body accepted by a service',
      unit: 'bytes',
      origin,
    },
    own,
  );
  if (rejection) {
    findings.fact({
      target: target.name,
      subject: 'Larger JSON body',
      text: `${sayOutcome(rejection)}: limit of the services themselves (64 KiB)`,
    });
  }

  let cut: Outcome | undefined;
  const passed = await findBound({
    low: 4 * DOCUMENTED_BYTES,
    high: LARGEST_TRIED_BYTES,
    // Coarse, because the result only has to identify the quota; the exact value depends on headers.
    tolerance: 64 * KIB,
    goOn,
    accepts: async (bytes) => {
      const answer = await ask(bytes);
      if (answer.status !== 0 && answer.by === 'service') return true;
      cut = answer;
      return false;
    },
  });
  const title = `Largest body that the platform forwards to a service (tried up to ${LARGEST_TRIED_BYTES / MIB} MiB)`;
  addBound(
    probe,
    {
      what: 'largest-body-passed-on',
      title,
      unit: 'bytes',
      origin: `the same request with up to ${LARGEST_TRIED_BYTES} bytes; an answer in problem+json comes from a service, any other error from the platform`,
    },
    passed,
  );
  if (cut) {
    findings.fact({
      target: target.name,
      subject: 'Body that is not forwarded',
      text: `${sayOutcome(cut)} (quotas: HTTP API 10 MB, docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html; event of a function 6 MB, docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)`,
    });
  }
}

/** Describes an outcome in a few words. */
export function sayOutcome(outcome: Outcome): string {
  if (outcome.status === 0) return `connection closed (${outcome.reason})`;
  const who = outcome.by === 'service' ? 'a service' : 'the platform in front of it';
  return `${outcome.status}, answered by ${who}`;
}

function post(baseUrl: string, bytes: number, timeoutMs: number): Promise<Outcome> {
  const frame = JSON.stringify({ padding: '' });
  const body = Buffer.from(JSON.stringify({ padding: 'x'.repeat(bytes - frame.length) }));
  const headers = { 'content-type': 'application/json' };
  return send({ url: `${baseUrl}/auth/register`, method: 'POST', headers, body, timeoutMs });
}
