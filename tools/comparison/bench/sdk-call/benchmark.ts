import { startDataPlane } from '@triptych/local-cloud';
import { dynamo, putNew, transact } from '@triptych/platform/aws';
import { interleave } from '../../statistics/rounds.ts';
import type { Benchmark, Findings, Scale } from '../measure/benchmark.ts';
import { cpuFindings, overBaseline } from '../measure/over-baseline.ts';
import { type SubjectProcess, startSubject } from '../measure/subject-process.ts';
import { storedItem } from './stored-item.ts';

/** The table runs in the benchmark's process, which answers about a thousand calls per second. */
const CALLS = 200;
const WARM_UP_CALLS = 600;

/** The kinds of callers; each reads the same item. */
const kinds = {
  plain: 'plain',
  again: 'plain',
  client: 'client',
  document: 'document',
  signedFetch: 'signed-fetch',
  signedHttp: 'signed-http',
} as const;

/** The CPU cost of a DynamoDB client in the calling process. */
export const sdkCall: Benchmark = {
  name: 'sdk-call',
  subject: 'client',
  title: 'One GetItem through the AWS SDK, relative to a plain request with a parsed answer',
  method: `CPU time of the calling process per call, table in another process; ${CALLS} calls per round`,
  aim: 10,
  scale: { full: { rounds: 20 }, quick: { rounds: 4 } },
  run: async (scale) => {
    const plane = await startDataPlane();
    const callers = new Map<string, SubjectProcess>();
    try {
      Object.assign(process.env, plane.environment);
      const table = await plane.createTable({ name: 'bench-sdk-call' });
      await transact(dynamo(), [putNew(table, storedItem)]);
      const env = { ...plane.environment, TRIPTYCH_BENCH_TABLE: table };
      for (const [name, kind] of Object.entries(kinds)) {
        callers.set(name, await startSubject(new URL('caller.ts', import.meta.url), kind, env));
      }
      return await measure(callers, scale);
    } finally {
      await Promise.all([...callers.values()].map((one) => one.stop()));
      await plane.stop();
    }
  },
};

async function measure(
  callers: ReadonlyMap<string, SubjectProcess>,
  { rounds, share = 1 }: Scale,
): Promise<Findings> {
  const calls = Math.ceil(CALLS * share);
  const of = (name: string) => callers.get(name) as SubjectProcess;
  const subject = (name: keyof typeof kinds) => async () =>
    (await of(name).ask<number>('call', calls)) / calls;
  for (const one of callers.values()) await one.ask('call', WARM_UP_CALLS);
  const { plain, again, client, document, signedFetch, signedHttp } = await interleave(
    {
      plain: subject('plain'),
      again: subject('again'),
      client: subject('client'),
      document: subject('document'),
      signedFetch: subject('signedFetch'),
      signedHttp: subject('signedHttp'),
    },
    rounds,
  );
  const { times, part } = overBaseline(plain);
  return cpuFindings(
    { subject: client, baseline: plain, again },
    { subject: 'the client as the services use it', baseline: 'the plain request' },
    {
      alsoOverBaseline: [
        times('DynamoDBDocumentClient', document, 'document-client'),
        times('aws4fetch signs, global fetch sends', signedFetch, 'aws4fetch'),
        times('aws4fetch signs, node:http sends', signedHttp, 'aws4fetch-node-http'),
      ],
      rest: [
        part('signing', signedHttp, plain),
        part('the rest of the SDK: middleware, protocol, retries', client, signedHttp),
      ],
    },
  );
}
