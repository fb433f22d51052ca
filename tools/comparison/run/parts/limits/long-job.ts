import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { productPicture, seedProducts } from '@triptych/seed';
import type { Shop } from '@triptych/shop/start/shop';
import { isWeb } from '../../templates.ts';
import { runContainerJob } from './container-job.ts';
import { countCodeLines } from './count-lines.ts';
import { runFunctionJob } from './function-job.ts';
import { RENDITIONS_PER_PICTURE, reportJob } from './job-figures.ts';
import { jobSize } from './job-sizes.ts';
import type { Probe } from './probe.ts';
import type { ShopPictures } from './shop-pictures.ts';

/** More pictures would not improve the mean noticeably. */
const MAX_PICTURES = 12;

const PROGRAMS = { container: 'whole-job.ts', function: 'job-in-pieces.ts' } as const;

/** Renders all renditions of some new pictures in the way the variant renders images. */
export async function measureLongJob(
  probe: Probe,
  pictures: ShopPictures,
  options: { readonly assembly: string; readonly full: boolean },
): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  const { local, name, variant } = target;
  if (!local) {
    const why =
      'it needs the variant’s own storage and functions, so it runs only against a local target';
    findings.addMissing({ target: name, what: 'Long job', why });
    return;
  }
  if (isWeb(target)) {
    const why = 'the price of its work is not known, and nothing but HTTP starts a Web Function';
    findings.addMissing({ target: name, what: 'Long job', why });
    return;
  }
  const kind = variant === 'microservices' ? 'container' : 'function';
  const makeOne = kind === 'container' ? inContainer : inFunctions;
  const size = await jobSize(options.assembly, variant);
  const seconds: number[] = [];
  let error: string | undefined;
  const pieceSeconds: number[] = [];
  const most = options.full ? MAX_PICTURES : 1;
  const next = () => freshPicture(pictures, seconds.length);
  while (seconds.length < most && !signal.aborted) {
    // Always process the first picture, because without one there is no result.
    const expectedMs = Math.max(0, ...seconds) * 1000 * 1.5;
    if (seconds.length > 0 && leftMs() < expectedMs * (options.full ? 3 : 1)) break;
    const run = await makeOne(local.shop, await next(), probe);
    if (run.made < RENDITIONS_PER_PICTURE) {
      error = run.error;
      break;
    }
    seconds.push(run.seconds);
    pieceSeconds.push(...run.pieceSeconds);
  }
  if (seconds.length === 0) {
    findings.addMissing({
      target: name,
      what: 'Long job',
      why: error ?? 'not even one picture was finished in time',
    });
    return;
  }
  const program = await readFile(
    join(repositoryRoot, 'tools/comparison/long-job', PROGRAMS[kind]),
    'utf8',
  );
  reportJob(findings, target, {
    kind,
    size,
    seconds,
    pieceSeconds,
    shopPictures: seedProducts.length,
    codeLines: countCodeLines(program),
    program: PROGRAMS[kind],
  });
  if (!options.full) {
    findings.addMissing({
      target: name,
      what: 'Long job killed halfway',
      why: 'not measured with --quick',
    });
    return;
  }
  await (kind === 'container' ? killContainer : killFunction)(local.shop, await next(), probe);
}

/** Uploads a seed picture under a new id, so that it has no renditions yet. */
async function freshPicture(pictures: ShopPictures, index: number): Promise<string> {
  const product = seedProducts[index % seedProducts.length];
  if (!product) throw new Error('there are no seed pictures');
  const { imageId, outcome } = await pictures.upload(await productPicture(product), 20_000);
  if (outcome !== 'attached') throw new Error(`a seed picture was ${outcome}`);
  return imageId;
}

interface PictureMade {
  readonly seconds: number;
  readonly made: number;
  readonly pieceSeconds: readonly number[];
  readonly error?: string | undefined;
}

/** The time limit of one picture, even if less time is left. */
const LONGEST_PICTURE_MS = 30_000;

const containerAt = (shop: Shop, imageId: string) => ({
  bucket: shop.cloud.outputs('triptych-microservices-state').OriginalsBucketName ?? '',
  imageIds: [imageId],
  environment: shop.cloud.environment,
  timeoutMs: LONGEST_PICTURE_MS,
});

async function inContainer(shop: Shop, imageId: string): Promise<PictureMade> {
  const run = await runContainerJob(containerAt(shop, imageId));
  const made = run.ended === 'succeeded' ? run.made : 0;
  return { seconds: run.seconds, made, pieceSeconds: [], error: run.error };
}

async function inFunctions(
  shop: Shop,
  imageId: string,
  { target, signal }: Probe,
): Promise<PictureMade> {
  const endsAt = performance.now() + LONGEST_PICTURE_MS;
  const run = await runFunctionJob(shop, {
    stack: `triptych-${target.variant}-images`,
    imageIds: [imageId],
    goOn: () => performance.now() < endsAt && !signal.aborted,
  });
  const pieceSeconds = run.invocationMs.map((ms) => ms / 1000);
  const seconds = pieceSeconds.reduce((sum, one) => sum + one, 0);
  return { seconds, made: pieceSeconds.length, pieceSeconds, error: run.error };
}

/** Half of one picture's renditions. */
const HALF = Math.floor(RENDITIONS_PER_PICTURE / 2);

async function killContainer(
  shop: Shop,
  imageId: string,
  { findings, target }: Probe,
): Promise<void> {
  const first = await runContainerJob({ ...containerAt(shop, imageId), killAfter: HALF });
  const second = await runContainerJob(containerAt(shop, imageId));
  addRecovery(findings, target.name, {
    again: first.made + second.made - RENDITIONS_PER_PICTURE,
    done: second.ended === 'succeeded',
    text: `killed after ${first.made} of ${RENDITIONS_PER_PICTURE} renditions; after a restart it rendered the other ${second.made}. It skips stored renditions; otherwise it would start from the beginning. Nothing restarts a killed job automatically`,
  });
}

async function killFunction(
  shop: Shop,
  imageId: string,
  { findings, target, signal }: Probe,
): Promise<void> {
  const endsAt = performance.now() + LONGEST_PICTURE_MS;
  const run = await runFunctionJob(shop, {
    stack: `triptych-${target.variant}-images`,
    imageIds: [imageId],
    killAt: HALF,
    goOn: () => performance.now() < endsAt && !signal.aborted,
  });
  addRecovery(findings, target.name, {
    again: run.lostInvocations,
    done: run.failed.length === 0,
    text: `killed during piece ${HALF} of ${run.pieces}: ${run.lostInvocations} invocation was lost and retried by the coordinator, ${run.failed.length} pieces remained unfinished`,
  });
}

function addRecovery(
  findings: Probe['findings'],
  target: string,
  { again, done, text }: { again: number; done: boolean; text: string },
): void {
  findings.figure({
    what: 'long-job/made-again',
    target,
    title: 'Renditions repeated after a kill halfway',
    value: Math.max(0, again),
    unit: 'count',
    origin: 'SIGKILL in the middle of one picture, then run to completion; local, not AWS',
    better: 'lower',
  });
  findings.fact({ target, subject: 'Long job killed halfway', text, ok: done });
}
