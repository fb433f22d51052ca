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

const subjects = [
  'bundle',
  'unbundled',
  'allModules',
  'withCache',
  'prestarted',
  'littleMemory',
] as const;
type Subject = (typeof subjects)[number];

/** Lambda gives a function one processor's time at this size, and at others in proportion (Lambda guide, "Configure memory"). */
const wholeCoreMb = 1_769;
const littleMb = 512;

/** Each means, with its on and off and what they are. */
const means: Record<string, { on: Subject; off: Subject; title: string; how: string }> = {
  bundle: {
    on: 'bundle',
    off: 'unbundled',
    title: 'One bundle instead of many files',
    how: 'off: the same sources compiled file by file, with packages from node_modules',
  },
  'compile-cache': {
    on: 'withCache',
    off: 'bundle',
    title: 'Node’s compile cache shipped in the artifact',
    how: 'on: NODE_COMPILE_CACHE names a folder beside the bundle, filled by one start and answer of the same Node',
  },
  'fewer-modules': {
    on: 'bundle',
    off: 'allModules',
    title: 'Fewer modules in the bundle',
    how: 'off: one file too, but with all that is imported: nothing shaken off, Fastify’s own compilers, all of node:http',
  },
  memory: {
    on: 'bundle',
    off: 'littleMemory',
    title: `${wholeCoreMb} MB of memory, a whole core, instead of ${littleMb} MB`,
    how:
      `off: from its first request on the process is stopped for all but ${littleMb}/${wholeCoreMb} of every 20 ms, as Lambda ` +
      'gives processor time in proportion to memory; INIT has a whole core either way, as serverlessland.com (an AWS site) ' +
      'says of functions without provisioned concurrency',
  },
  provisioned: {
    on: 'prestarted',
    off: 'bundle',
    title: 'Provisioned concurrency',
    how: 'on: the sandbox has started before the request comes, as AWS keeps it ready',
  },
};

const service = 'catalog';
const path = '/catalog/products';

/**
 * What a customer waits for when catalog's function has to start, with each means on and off: the local cloud's sandbox, the
 * real artifact, a list read from an empty table.
 * @param until no round begins after this moment
 */
export async function measureWhatShortens(
  findings: PartFindings,
  context: PartContext,
  { rounds, until }: { readonly rounds: number; readonly until: number },
): Promise<void> {
  const outdir = join(context.artifacts, 'serverless', service);
  if (!existsSync(join(outdir, 'index.mjs'))) {
    const why = `there is no artifact of serverless/${service} (npm run build)`;
    findings.lack({ what: 'What shortens a cold start', why });
    return;
  }
  const plane = await startDataPlane();
  try {
    const hosts = await hostsOf(plane, context, outdir);
    const samples = await measureRounds(hosts, context, rounds, until);
    addMeans(findings, samples, context.seed);
  } catch (error) {
    const why = `it could not be measured: ${(error as Error).message}`;
    findings.lack({ what: 'What shortens a cold start', why });
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
  const entry = join(repositoryRoot, 'apps/serverless', `${service}.ts`);
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

/** Milliseconds until the first answer, round by round; the first round reads files from the disk and counts for nothing. */
async function measureRounds(
  hosts: Record<Subject, SandboxStarts>,
  { seed, signal, progress }: PartContext,
  rounds: number,
  until: number,
): Promise<Record<Subject, number[]>> {
  const samples = Object.fromEntries(subjects.map((name) => [name, []])) as unknown as Record<
    Subject,
    number[]
  >;
  const random = seededRandom(seed + 2);
  for (let round = 0; round <= rounds; round += 1) {
    // One round at least: without it nothing could be said.
    if (signal.aborted || (round > 1 && performance.now() > until)) break;
    progress(round, rounds, 'what shortens a cold start');
    const measured = new Map<Subject, number>();
    for (const name of shuffled(subjects, random)) {
      const prestarted = name === 'prestarted';
      const coreShare = name === 'littleMemory' ? littleMb / wholeCoreMb : 1;
      const { initMs, answerMs } = await hosts[name].start({ prestarted, coreShare });
      measured.set(name, name === 'prestarted' ? answerMs : initMs + answerMs);
    }
    if (round === 0) continue;
    for (const [name, ms] of measured) samples[name].push(ms);
  }
  return samples;
}

function addMeans(findings: PartFindings, samples: Record<Subject, number[]>, seed: number): void {
  const common =
    'catalog’s function of the serverless variant in the local cloud’s sandbox, from starting its process to its first ' +
    'answer (a list from an empty table), in random order round by round, first round left out';
  for (const [id, { on, off, title, how }] of Object.entries(means)) {
    if (samples[on].length === 0) continue;
    const of = { on: samples[on], off: samples[off], ratio: ratios(samples[on], samples[off]) };
    for (const side of ['on', 'off', 'ratio'] as const) {
      const { value, low, high, n } = estimateQuantile(of[side], 0.5, { seed });
      findings.figure({
        what: `shortens/${id}/${side}`,
        title: side === 'ratio' ? `${title}: with it over without it` : `${title}, ${side}`,
        value,
        unit: side === 'ratio' ? 'ratio' : 'ms',
        sampled: { n, spread: { kind: 'ci95', low, high } },
        origin: `${side === 'ratio' ? 'median of the rounds’ ratios' : 'median'}; ${common}; ${how}`,
        better: 'lower',
      });
    }
  }
}
