import { findBound } from './bisect.ts';
import { type Probe, tellBound } from './probe.ts';
import { answerWithinMs, notCutShort, type Outcome, send } from './send.ts';

const kib = 1024;
const mib = 1024 * kib;
/** What the services take (libs/platform/http). */
const documentedBytes = 64 * kib;
/** HTTP API and REST API take 10 MiB, a function 6 MiB of event: more than this shows nothing new. */
const largestTriedBytes = 12 * mib;

/** The largest JSON body that is read, and where somebody before the services refuses to pass it on. */
export async function probeBody(probe: Probe): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  const goOn = () => leftMs() > 0 && !signal.aborted;
  const ask = async (bytes: number) => {
    const timeoutMs = Math.min(answerWithinMs, leftMs() + 1000);
    return notCutShort(await post(target.baseUrl, bytes, timeoutMs), timeoutMs);
  };
  let refusedBy: Outcome | undefined;
  const own = await findBound({
    low: kib,
    high: 4 * documentedBytes,
    guess: documentedBytes,
    goOn,
    accepts: async (bytes) => {
      const answer = await ask(bytes);
      // 400 is an answer about its contents: it was read.
      if (answer.status === 400) return true;
      refusedBy = answer;
      return false;
    },
  });
  const origin = `POST /auth/register with a JSON body of so many bytes, by bisection: accepted is 400 (read, and found wanting), refused is 413 or a cut connection`;
  tellBound(
    probe,
    { what: 'largest-body', title: 'Largest JSON body that is read', unit: 'bytes', origin },
    own,
  );
  if (refusedBy) {
    findings.fact({
      target: target.name,
      subject: 'larger JSON body',
      text: `${sayOutcome(refusedBy)}: bound of the services themselves (64 KiB)`,
    });
  }

  let cut: Outcome | undefined;
  const passed = await findBound({
    low: 4 * documentedBytes,
    high: largestTriedBytes,
    // To the MiB: what is found names the quota, and the last digits are headers.
    tolerance: 64 * kib,
    goOn,
    accepts: async (bytes) => {
      const answer = await ask(bytes);
      if (answer.status !== 0 && answer.by === 'service') return true;
      cut = answer;
      return false;
    },
  });
  const title = `Largest body that whatever stands before the services passes on (tried up to ${largestTriedBytes / mib} MiB)`;
  tellBound(
    probe,
    {
      what: 'largest-body-passed-on',
      title,
      unit: 'bytes',
      origin: `who answers the same request, up to ${largestTriedBytes} bytes: problem+json comes from a service`,
    },
    passed,
  );
  if (cut) {
    findings.fact({
      target: target.name,
      subject: 'body that is not passed on',
      text: `${sayOutcome(cut)} (quotas: HTTP API 10 MB, docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html; event of a function 6 MB, docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)`,
    });
  }
}

export function sayOutcome(outcome: Outcome): string {
  if (outcome.status === 0) return `connection cut (${outcome.reason})`;
  const who = outcome.by === 'service' ? 'a service' : 'the platform before it';
  return `${outcome.status}, answered by ${who}`;
}

function post(baseUrl: string, bytes: number, timeoutMs: number): Promise<Outcome> {
  const frame = JSON.stringify({ padding: '' });
  const body = Buffer.from(JSON.stringify({ padding: 'x'.repeat(bytes - frame.length) }));
  const headers = { 'content-type': 'application/json' };
  return send({ url: `${baseUrl}/auth/register`, method: 'POST', headers, body, timeoutMs });
}
