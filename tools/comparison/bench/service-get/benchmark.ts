import { differences } from '../../statistics/quantile.ts';
import { interleave } from '../../statistics/rounds.ts';
import type { Benchmark, Findings, Scale } from '../measure/benchmark.ts';
import { sendLoad } from '../measure/http-load.ts';
import { measuredPath } from '../measure/measured-app.ts';
import { cpuFindings, overBaseline } from '../measure/over-baseline.ts';
import { payload } from '../measure/payload.ts';
import { type SubjectProcess, startSubject } from '../measure/subject-process.ts';

const REQUESTS = 3000;
const WARM_UP_REQUESTS = 10_000;
const CONNECTIONS = 8;

const kinds = {
  bare: 'bare',
  again: 'bare',
  withHeaders: 'bare-with-headers',
  fastify: 'fastify',
  quiet: 'quiet',
  deployed: 'deployed',
} as const;

/** The overhead of a service relative to the cheapest answer of Node.js. */
export const serviceGet: Benchmark = {
  name: 'service-get',
  title: 'A service’s GET without data access, relative to bare node:http with the same body',
  method: `CPU time of the server per request; ${REQUESTS} requests per round, ${CONNECTIONS} keep-alive connections, 1 KB of JSON`,
  aim: 1.1,
  scale: { full: { rounds: 20 }, quick: { rounds: 4 } },
  run: async (scale) => {
    const servers = new Map<string, SubjectProcess>();
    try {
      for (const [name, kind] of Object.entries(kinds)) {
        servers.set(name, await startSubject(new URL('server.ts', import.meta.url), kind));
      }
      return await measure(servers, scale);
    } finally {
      await Promise.all([...servers.values()].map((server) => server.stop()));
    }
  },
};

async function measure(
  servers: ReadonlyMap<string, SubjectProcess>,
  { rounds }: Scale,
): Promise<Findings> {
  const subject = (name: string) => async () => {
    const server = servers.get(name) as SubjectProcess;
    const before = await server.ask<number>('cpu');
    await send(server, REQUESTS);
    return ((await server.ask<number>('cpu')) - before) / REQUESTS;
  };
  for (const [name, server] of servers) {
    const body = await send(server, WARM_UP_REQUESTS);
    if (body !== JSON.stringify(payload)) throw new Error(`${name} returns a different body`);
  }
  const { bare, again, withHeaders, fastify, quiet, deployed } = await interleave(
    {
      bare: subject('bare'),
      again: subject('again'),
      withHeaders: subject('withHeaders'),
      fastify: subject('fastify'),
      quiet: subject('quiet'),
      deployed: subject('deployed'),
    },
    rounds,
  );
  const { times, part } = overBaseline(bare);
  return cpuFindings(
    { subject: deployed, baseline: bare, again },
    { subject: 'the service, as deployed', baseline: 'bare node:http' },
    {
      alsoOverBaseline: [
        times('the service without its log line per request', quiet),
        times('Fastify with the same route and none of our plugins', fastify),
        times('bare node:http with the service’s headers', withHeaders),
      ],
      rest: [
        part('Fastify itself: routing, reply, response schema', fastify, bare),
        part(
          'the service’s headers (security, CORS, ids), sent by bare node:http',
          withHeaders,
          bare,
        ),
        part(
          'ids, trace context, time limit and overload check, without those headers',
          differences(quiet, fastify),
          differences(withHeaders, bare),
        ),
        part('one log line per request, written synchronously', deployed, quiet),
      ],
    },
  );
}

async function send(server: SubjectProcess, requests: number): Promise<string> {
  const port = server.ready as number;
  const load = { port, path: measuredPath, requests, connections: CONNECTIONS };
  return (await sendLoad(load)).body.toString();
}
