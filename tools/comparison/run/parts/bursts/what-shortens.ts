import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { startDataPlane } from '@triptych/local-cloud';
import type { DataPlane } from '@triptych/platform/testing/data-plane';
import { cacheFolder, makeArtifactBuilds } from '../../../bench/cold-start/artifact-builds.ts';
import { type SandboxStarts, sandboxStarts } from '../../../bench/cold-start/sandbox-starts.ts';
import { event } from '../../../bench/lambda-adapter/event.ts';
import type { PartFindings } from '../../../data/index.ts';
import { estimateQuantile, ratios, seededRandom, shuffled } from '../../../statistics/index.ts';
import type { PartContext } from '../../part.ts';

const SUBJECTS = [
  'bundle',
  'unbundled',
  'allModules',
  'withCache',
  'prestarted',
  'littleMemory',
] as const;
type Subject = (typeof SUBJECTS)[number];

/** At this memory size Lambda gives a function one full vCPU; other sizes get CPU in proportion (Lambda guide, "Configure memory"). */
const WHOLE_CORE_MB = 1_769;
const LITTLE_MB = 512;

/** Each optimization with its subjects for on and off. */
const OPTIMIZATIONS: Record<string, { on: Subject; off: Subject; title: string; how: string }> = {
  bundle: {
    on: 'bundle',
    off: 'unbundled',
    title: 'One bundle instead of many files',
    how: 'off: the same sources compiled file by file, with node_modules',
  },
  'compile-cache': {
    on: 'withCache',
    off: 'bundle',
    title: 'Node’s compile cache shipped in the artifact',
    how: 'on: NODE_COMPILE_CACHE points to a folder next to the bundle, filled by one start and one request with the same Node version',
  },
  'fewer-modules': {
    on: 'bundle',
    off: 'allModules',
    title: 'Fewer modules in the bundle',
    how: 'off: also one file, but without tree shaking, with Fastify’s own compilers and all of node:http',
  },
  memory: {
    on: 'bundle',
    off: 'littleMemory',
    title: `${WHOLE_CORE_MB} MB of memory, a whole core, instead of ${LITTLE_MB} MB`,
    how:
      `off: from its first request, the process runs only ${LITTLE_MB}/${WHOLE_CORE_MB} of every 20 ms, because Lambda ` +
      'gives CPU time in proportion to memory; INIT has a whole core in both cases, which serverlessland.com (an AWS site) ' +
      'documents for functions without provisioned concurrency',
  },
  provisioned: {
    on: 'prestarted',
    off: 'bundle',
    title: 'Provisioned concurrency',
    how: 'on: the sandbox starts before the request arrives, as AWS keeps it ready',
  },
};

const service = 'catalog';
const path = '/catalog/products';

/**
 * Measures the cold start of catalog's function with each optimization on and off: the local cloud's sandbox, the real
 * artifact, and a list read from an empty table.
 * @param until no round starts after this time
 */
export async function measureWhatShortens(
  findings: PartFindings,
  context: PartContext,
  { rounds, until }: { readonly rounds: number; readonly until: number },
): Promise<void> {
  const outdir = join(context.artifacts, 'serverless', service);
  if (!existsSync(join(outdir, 'index.mjs'))) {
    const why = `there is no artifact of serverless/${service} (npm run build)`;
    findings.addMissing({ what: 'What shortens a cold start', why });
    return;
  }
  const plane = await startDataPlane();
  try {
    const hosts = await hostsOf(plane, context, outdir);
    const samples = await measureRounds(hosts, context, rounds, until);
    addOptimizations(findings, samples, context.seed);
  } catch (error) {
    const why = `the measurement failed: ${(error as Error).message}`;
    findings.addMissing({ what: 'What shortens a cold start', why });
  } finally {
    await plane.stop();
  }
}

async function hostsOf(
  plane: DataPlane,
  { artifacts }: PartContext,
  outdir: string,
): Promise<Record<Subject, SandboxStarts>> {
  const { endpointUrl, environment } = plane;
  const variables = {
    SERVICE_NAME: service,
    VARIANT: 'serverless',
    BASE_URL: 'http://127.0.0.1:9',
    CATALOG_TABLE: await plane.createTable({ name: 'compare-catalog' }),
    EVENT_BUS: 'compare',
    QUEUE_URL: 'http://127.0.0.1:9/000000000000/compare',
    ORIGINALS_BUCKET: 'compare',
  };
  const http = { ...event.requestContext.http, path };
  const request = {
    ...event,
    rawPath: path,
    requestContext: { ...event.requestContext, http },
  };
  const entry = join(repositoryRoot, 'apps/serverless/event-functions', `${service}.ts`);
  const folders = await makeArtifactBuilds({
    root: repositoryRoot,
    deployable: { app: 'serverless', service, entry, outdir },
    into: relative(repositoryRoot, join(artifacts, '../compare')),
    environment: { ...environment, ...variables, _HANDLER: 'index.http' },
    event: request,
  });
  const host = (folder: string, more: Record<string, string> = {}) =>
    sandboxStarts({
      root: repositoryRoot,
      folder,
      endpointUrl,
      variables: { ...variables, ...more },
      event: request,
    });
  const cache = join(repositoryRoot, folders.withCache, cacheFolder);
  const bundle = host(folders.bundle);
  return {
    bundle,
    unbundled: host(folders.unbundled),
    allModules: host(folders.allModules),
    withCache: host(folders.withCache, { NODE_COMPILE_CACHE: cache }),
    prestarted: bundle,
    littleMemory: bundle,
  };
}

/** Milliseconds until the first answer in each round. The first round, which reads files from the disk, is not counted. */
async function measureRounds(
  hosts: Record<Subject, SandboxStarts>,
  { seed, signal, progress }: PartContext,
  rounds: number,
  until: number,
): Promise<Record<Subject, number[]>> {
  const samples = Object.fromEntries(SUBJECTS.map((name) => [name, []])) as unknown as Record<
    Subject,
    number[]
  >;
  const random = seededRandom(seed + 2);
  for (let round = 0; round <= rounds; round += 1) {
    // At least one round runs, because without it there is no result.
    if (signal.aborted || (round > 1 && performance.now() > until)) break;
    progress(round, rounds, 'ways to shorten a cold start');
    const measured = new Map<Subject, number>();
    for (const name of shuffled(SUBJECTS, random)) {
      const prestarted = name === 'prestarted';
      const coreShare = name === 'littleMemory' ? LITTLE_MB / WHOLE_CORE_MB : 1;
      const { initMs, answerMs } = await hosts[name].start({ prestarted, coreShare });
      measured.set(name, name === 'prestarted' ? answerMs : initMs + answerMs);
    }
    if (round === 0) continue;
    for (const [name, ms] of measured) samples[name].push(ms);
  }
  return samples;
}

function addOptimizations(
  findings: PartFindings,
  samples: Record<Subject, number[]>,
  seed: number,
): void {
  const common =
    'catalog’s function of the serverless variant in the local cloud’s sandbox, from process start to its first ' +
    'answer (a list from an empty table), in random order in each round, without the first round';
  for (const [id, { on, off, title, how }] of Object.entries(OPTIMIZATIONS)) {
    if (samples[on].length === 0) continue;
    const of = { on: samples[on], off: samples[off], ratio: ratios(samples[on], samples[off]) };
    for (const side of ['on', 'off', 'ratio'] as const) {
      const { value, low, high, n } = estimateQuantile(of[side], 0.5, { seed });
      findings.figure({
        what: `shortens/${id}/${side}`,
        title: side === 'ratio' ? `${title}: on relative to off` : `${title}, ${side}`,
        value,
        unit: side === 'ratio' ? 'ratio' : 'ms',
        sampled: { n, spread: { kind: 'ci95', low, high } },
        origin: `${side === 'ratio' ? 'median of the rounds’ ratios' : 'median'}; ${common}; ${how}`,
        better: 'lower',
      });
    }
  }
}
