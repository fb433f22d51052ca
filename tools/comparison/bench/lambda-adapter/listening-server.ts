import { EDGE_HEADER } from '@triptych/platform/web-function';
import { sendLoad } from '../measure/http-load.ts';
import { measuredPath } from '../measure/measured-app.ts';
import { payload } from '../measure/payload.ts';
import { type SubjectProcess, startSubject } from '../measure/subject-process.ts';
import { event } from './event.ts';

/** Keep-alive connections, each with one request at a time. Far fewer than the 64 requests of an environment. */
const CONNECTIONS = 8;
const SECRET = 'between the CDN and the service';

/** The headers of the event, with which the CDN would send its secret. */
const headers = { ...event.headers, [EDGE_HEADER]: SECRET };

/** Starts the service as a Web Function. Port 0 is any free port. */
export function startWebFunction(): Promise<SubjectProcess> {
  return startSubject(new URL('web-function.ts', import.meta.url), 'web-function', {
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_HTTP_ENDPOINT: '127.0.0.1:0',
    EDGE_ACCESS: 'secret',
    EDGE_SECRET: SECRET,
  });
}

/** Starts a server of bare `node:http` that answers with the same body. */
export function startBareServer(): Promise<SubjectProcess> {
  return startSubject(new URL('../service-get/server.ts', import.meta.url), 'bare');
}

/**
 * Sends requests over loopback.
 * @returns the CPU time of the server per request, in microseconds
 * @throws Error if the last answer has another body than the handlers return
 */
export async function cpuPerRequest(server: SubjectProcess, requests: number): Promise<number> {
  const before = await server.ask<number>('cpu');
  const port = server.ready as number;
  const load = { port, path: measuredPath, requests, connections: CONNECTIONS, headers };
  const { body } = await sendLoad(load);
  if (body.toString() !== JSON.stringify(payload)) throw new Error(`another body: ${body}`);
  return ((await server.ask<number>('cpu')) - before) / requests;
}
