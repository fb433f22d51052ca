import { isDeepStrictEqual } from 'node:util';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { differences } from '../../statistics/quantile.ts';
import { interleave } from '../../statistics/rounds.ts';
import type { Benchmark, Findings, Scale } from '../measure/benchmark.ts';
import { cpuFindings, overBaseline } from '../measure/over-baseline.ts';
import { type SubjectProcess, startSubject } from '../measure/subject-process.ts';
import { cpuPerRequest, startBareServer, startWebFunction } from './listening-server.ts';

/** The router takes only microseconds, so it needs more invocations for a measurable time. */
const INVOCATIONS = { router: 20_000, others: 4000 };
const WARM_UP_INVOCATIONS = 10_000;

const kinds = {
  router: 'router',
  again: 'router',
  routing: 'routing',
  inject: 'inject',
  fastifyAwsLambda: 'fastify-aws-lambda',
  quiet: 'quiet',
  deployed: 'deployed',
} as const;

/** The cost of running the Fastify application of a container in a function. */
export const lambdaAdapter: Benchmark = {
  name: 'lambda-adapter',
  subject: 'as-deployed',
  title:
    'The Lambda adapter around a service, relative to a hand-written router with the same result',
  method: `CPU time per invocation (payload 2.0) or per request to a listening server; ${INVOCATIONS.others} invocations a round, ${INVOCATIONS.router} of the router`,
  aim: 4,
  scale: { full: { rounds: 20 }, quick: { rounds: 4 } },
  run: async (scale) => {
    const functions = new Map<string, SubjectProcess>();
    const servers = new Map<string, SubjectProcess>();
    try {
      for (const [name, kind] of Object.entries(kinds)) {
        const file = new URL('function.ts', import.meta.url);
        functions.set(name, await startSubject(file, kind, { AWS_REGION: 'us-east-1' }));
      }
      servers.set('bare', await startBareServer());
      servers.set('web', await startWebFunction());
      return await measure(functions, servers, scale);
    } finally {
      const all = [...functions.values(), ...servers.values()];
      await Promise.all(all.map((one) => one.stop()));
    }
  },
};

type Subjects = ReadonlyMap<string, SubjectProcess>;

async function measure(
  functions: Subjects,
  servers: Subjects,
  { rounds, share = 1 }: Scale,
): Promise<Findings> {
  const of = (name: string) => functions.get(name) as SubjectProcess;
  const subject = (name: keyof typeof kinds) => async () => {
    const usual = INVOCATIONS[kinds[name] === 'router' ? 'router' : 'others'];
    const times = Math.ceil(usual * share);
    return (await of(name).ask<number>('invoke', times)) / times;
  };
  const server = (name: string) => () =>
    cpuPerRequest(servers.get(name) as SubjectProcess, Math.ceil(INVOCATIONS.others * share));
  for (const one of functions.values()) await one.ask('invoke', WARM_UP_INVOCATIONS);
  for (const one of servers.values()) await cpuPerRequest(one, WARM_UP_INVOCATIONS);
  await assertSameResult(of('router'), of('deployed'));
  for (const name of ['routing', 'inject', 'fastifyAwsLambda'] as const) {
    await assertSameBody(of('router'), of(name), name);
  }
  const found = await interleave(
    {
      router: subject('router'),
      again: subject('again'),
      routing: subject('routing'),
      inject: subject('inject'),
      fastifyAwsLambda: subject('fastifyAwsLambda'),
      quiet: subject('quiet'),
      deployed: subject('deployed'),
      bareServer: server('bare'),
      webFunction: server('web'),
    },
    rounds,
  );
  return findings(found);
}

type Subject = keyof typeof kinds | 'bareServer' | 'webFunction';

function findings(found: Readonly<Record<Subject, number[]>>): Findings {
  const { router, again, routing, inject, fastifyAwsLambda, quiet, deployed } = found;
  const { bareServer, webFunction } = found;
  const { times, part } = overBaseline(router);
  return cpuFindings(
    { subject: deployed, baseline: router, again },
    {
      subject: 'the adapter around a service, as deployed',
      baseline: 'the hand-written router',
    },
    {
      alsoOverBaseline: [
        times('the same without the log line per request', quiet),
        times('serverless-http around only Fastify’s routing', routing, 'routing'),
        times('serverless-http around the same Fastify, through inject', inject, 'inject'),
        times(
          '@fastify/aws-lambda around the same Fastify',
          fastifyAwsLambda,
          'fastify-aws-lambda',
        ),
        times(
          'no adapter: the service as a Web Function, which parses HTTP itself; the other rows leave that to Lambda',
          webFunction,
          'web-function',
        ),
        times('HTTP alone: bare node:http, listening, with the same body', bareServer, 'node-http'),
        times(
          'the Web Function minus HTTP alone',
          differences(webFunction, bareServer),
          'web-function-minus-http',
        ),
      ],
      rest: [
        part('serverless-http and Fastify: request, reply, routing', routing, router),
        part('headers, ids, trace context, time limit', quiet, routing),
        part('one log line per request, written synchronously', deployed, quiet),
      ],
    },
  );
}

/** Checks that both return the same result, except for the request id. Otherwise the comparison would be unfair. */
async function assertSameResult(one: SubjectProcess, other: SubjectProcess): Promise<void> {
  const [first, second] = await Promise.all([one, other].map(resultOf));
  if (isDeepStrictEqual(first, second)) return;
  const [a, b] = [JSON.stringify(first), JSON.stringify(second)];
  throw new Error(`the router and the service answer differently:\n${a}\n${b}`);
}

/** Checks status and body only, because Fastify alone sends fewer headers. */
async function assertSameBody(
  one: SubjectProcess,
  other: SubjectProcess,
  name: string,
): Promise<void> {
  const [first, second] = await Promise.all(
    [one, other].map((each) => each.ask<APIGatewayProxyStructuredResultV2>('result')),
  );
  if (first?.statusCode === second?.statusCode && first?.body === second?.body) return;
  throw new Error(`the router and ${name} answer differently: ${JSON.stringify(second)}`);
}

async function resultOf(one: SubjectProcess): Promise<unknown> {
  const result = await one.ask<APIGatewayProxyStructuredResultV2>('result');
  return { ...result, headers: { ...result.headers, 'x-request-id': '' } };
}
