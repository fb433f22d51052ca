/**
 * LocalStack keeps everything in memory. After it has stopped, the resources that a container's settings name no longer
 * exist. `deploy` writes the id of LocalStack's run into the settings; these functions compare it with the current run.
 * Plain JavaScript without dependencies, because it runs beside a service's bundle.
 */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** The exit code of a container whose settings are out of date; compose restarts the container. */
export const OUT_OF_DATE = 75;

const ANSWER_TIMEOUT_MS = 4000;
const POLL_MS = 1000;
const WATCH_MS = 3000;
/** Longer than a container is disconnected in the fault tests, and shorter than the time until it is unhealthy. */
const FAILURES_BEFORE_GONE = 5;
/** Less than the health check's start period: before that ends, the container restarts and waits again. */
const WAIT_LIMIT_MS = 5 * 60_000;
/** LocalStack is not there. A timeout is not in the list, because a busy LocalStack answers late. */
const NOT_THERE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Asks LocalStack for the id of its run. */
export function askSession(endpoint) {
  return new Promise((resolve) => {
    const request = http.get(`${endpoint}/_localstack/info`, {
      timeout: ANSWER_TIMEOUT_MS,
      agent: false,
    });
    request.on('response', async (response) => {
      let text = '';
      try {
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ session: JSON.parse(text).session_id, gone: false });
      } catch {
        resolve({ gone: false });
      }
    });
    request.on('timeout', () => request.destroy());
    request.on('error', ({ code }) => resolve({ gone: NOT_THERE.includes(code) }));
  });
}

/** Waits until the settings were written for the run of LocalStack that answers now. */
export async function waitForSettings(read, options = {}) {
  const { ask = askSession, pauseMs = POLL_MS, limitMs = WAIT_LIMIT_MS, say = () => {} } = options;
  const deadline = performance.now() + limitMs;
  let told = false;
  do {
    const settings = read();
    // A LocalStack that reports no id cannot be compared.
    if (settings && !settings.session) return settings;
    if (settings && (await ask(settings.endpoint)).session === settings.session) return settings;
    if (!told) say('waiting for a deployment: run docker compose up --detach --wait');
    told = true;
    await sleep(pauseMs);
  } while (performance.now() < deadline);
  return undefined;
}

/** Calls `onLost` once when LocalStack is gone, runs again without the resources, or other settings were written. */
export function watchSettings(read, settings, onLost, options = {}) {
  const { ask = askSession, pauseMs = WATCH_MS } = options;
  let failures = 0;
  const check = async () => {
    if (read()?.text !== settings.text) return onLost('the settings have changed');
    const { session, gone } = settings.session ? await ask(settings.endpoint) : {};
    if (session && session !== settings.session) return onLost('LocalStack has restarted');
    failures = gone ? failures + 1 : 0;
    if (failures >= FAILURES_BEFORE_GONE) return onLost('LocalStack is gone');
    setTimeout(check, pauseMs).unref();
  };
  setTimeout(check, pauseMs).unref();
}
