/**
 * Starts a service of the compose project with the settings in SETTINGS_FILE. Ends the process when they are out of date, so
 * that compose restarts the container and this program waits for new ones.
 */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { OUT_OF_DATE, waitForSettings, watchSettings } from './deployment-session.mjs';

const file = process.env.SETTINGS_FILE ?? '';

function read() {
  try {
    const text = readFileSync(file, 'utf8');
    const { AWS_ENDPOINT_URL: endpoint, TRIPTYCH_LOCALSTACK_SESSION: session } = parseEnv(text);
    return endpoint ? { endpoint, session, text } : undefined;
  } catch {
    return undefined;
  }
}

function say(msg) {
  console.log(JSON.stringify({ level: 'info', time: Date.now(), msg }));
}

function end(reason) {
  say(`restarting: ${reason}`);
  process.exit(OUT_OF_DATE);
}

const settings = await waitForSettings(read, { say });
if (!settings) end('the stacks are not deployed');
process.loadEnvFile(file);
watchSettings(read, settings, end);
await import('./index.mjs');
