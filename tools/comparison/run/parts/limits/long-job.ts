import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { productPicture, seedProducts } from '@triptych/seed';
import type { Shop } from '@triptych/shop/start/shop';
import { runContainerJob } from './container-job.ts';
import { countCodeLines } from './count-lines.ts';
import { runFunctionJob } from './function-job.ts';
import { renditionsPerPicture, reportJob } from './job-figures.ts';
import { jobSize } from './job-sizes.ts';
import type { Probe } from './probe.ts';
import type { ShopPictures } from './shop-pictures.ts';

/** More pictures than this make no figure better that is a mean over pictures. */
const mostPictures = 12;

const programs = { container: 'whole-job.ts', function: 'job-in-pieces.ts' } as const;

/** Makes all renditions of some pictures that have none yet, where and how the variant makes its images. */
export async function measureLongJob(
  probe: Probe,
  pictures: ShopPictures,
  options: { readonly assembly: string; readonly full: boolean },
): Promise<void> {
  const { findings, target, leftMs, signal } = probe;
  const { local, name, variant } = target;
  if (!local) {
    const why = 'needs the variant’s own storage and functions: run it where the shop is local';
    findings.lack({ target: name, what: 'long job', why });
    return;
  }
  const kind = variant === 'microservices' ? 'container' : 'function';
  const makeOne = kind === 'container' ? inContainer : inFunctions;
  const size = await jobSize(options.assembly, variant);
  const seconds: number[] = [];
  let fault: string | undefined;
  const pieceSeconds: number[] = [];
  const most = options.full ? mostPictures : 1;
  const next = () => freshPicture(pictures, seconds.length);
  while (seconds.length < most && !signal.aborted) {
    // The first picture is made in any case: without one there is nothing to say.
    const expectedMs = Math.max(0, ...seconds) * 1000 * 1.5;
    if (seconds.length > 0 && leftMs() < expectedMs * (options.full ? 3 : 1)) break;
    const run = await makeOne(local.shop, await next(), probe);
    if (run.made < renditionsPerPicture) {
      fault = run.fault;
      break;
    }
    seconds.push(run.seconds);
    pieceSeconds.push(...run.pieceSeconds);
  }
  if (seconds.length === 0) {
    findings.lack({
      target: name,
      what: 'long job',
      why: fault ?? 'not even one picture was done in the time',
    });
    return;
  }
  const program = await readFile(
    join(repositoryRoot, 'tools/comparison/long-job', programs[kind]),
    'utf8',
  );
  reportJob(findings, target, {
    kind,
    size,
    seconds,
    pieceSeconds,
    shopPictures: seedProducts.length,
    codeLines: countCodeLines(program),
    program: programs[kind],
  });
  if (!options.full) {
    findings.lack({ target: name, what: 'long job: killed half way', why: 'left out of --quick' });
    return;
  }
  await (kind === 'container' ? killContainer : killFunction)(local.shop, await next(), probe);
}

/** A seed picture under a new id, so that none of its renditions is there. */
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
  readonly fault?: string | undefined;
}

/** The longest that one picture may take however little time is left. */
const longestPictureMs = 30_000;

const containerAt = (shop: Shop, imageId: string) => ({
  bucket: shop.cloud.outputs('triptych-microservices-state').OriginalsBucketName ?? '',
  imageIds: [imageId],
  environment: shop.cloud.environment,
  timeoutMs: longestPictureMs,
});

async function inContainer(shop: Shop, imageId: string): Promise<PictureMade> {
  const run = await runContainerJob(containerAt(shop, imageId));
  const made = run.ended === 'well' ? run.made : 0;
  return { seconds: run.seconds, made, pieceSeconds: [], fault: run.fault };
}

async function inFunctions(
  shop: Shop,
  imageId: string,
  { target, signal }: Probe,
): Promise<PictureMade> {
  const endsAt = performance.now() + longestPictureMs;
  const run = await runFunctionJob(shop, {
    stack: `triptych-${target.variant}-images`,
    imageIds: [imageId],
    goOn: () => performance.now() < endsAt && !signal.aborted,
  });
  const pieceSeconds = run.invocationMs.map((ms) => ms / 1000);
  const seconds = pieceSeconds.reduce((sum, one) => sum + one, 0);
  return { seconds, made: pieceSeconds.length, pieceSeconds, fault: run.fault };
}

/** Half of one picture's renditions. */
const half = Math.floor(renditionsPerPicture / 2);

async function killContainer(
  shop: Shop,
  imageId: string,
  { findings, target }: Probe,
): Promise<void> {
  const first = await runContainerJob({ ...containerAt(shop, imageId), killAfter: half });
  const second = await runContainerJob(containerAt(shop, imageId));
  tellRecovery(findings, target.name, {
    again: first.made + second.made - renditionsPerPicture,
    done: second.ended === 'well',
    text: `killed after ${first.made} of ${renditionsPerPicture} renditions; started again it made the other ${second.made}. It asks the store what is there; without that it would have begun anew, and nothing starts a killed job again by itself`,
  });
}

async function killFunction(
  shop: Shop,
  imageId: string,
  { findings, target, signal }: Probe,
): Promise<void> {
  const endsAt = performance.now() + longestPictureMs;
  const run = await runFunctionJob(shop, {
    stack: `triptych-${target.variant}-images`,
    imageIds: [imageId],
    killAt: half,
    goOn: () => performance.now() < endsAt && !signal.aborted,
  });
  tellRecovery(findings, target.name, {
    again: run.lostInvocations,
    done: run.failed.length === 0,
    text: `killed during piece ${half} of ${run.pieces}: ${run.lostInvocations} invocation was lost and tried again by whoever cut the job, ${run.failed.length} pieces stayed undone`,
  });
}

function tellRecovery(
  findings: Probe['findings'],
  target: string,
  { again, done, text }: { again: number; done: boolean; text: string },
): void {
  findings.figure({
    what: 'long-job/made-again',
    target,
    title: 'Renditions begun again after a kill half way',
    value: Math.max(0, again),
    unit: 'count',
    origin: 'SIGKILL in the middle of one picture, then to the end; local, not AWS',
    better: 'lower',
  });
  findings.fact({ target, subject: 'long job killed half way', text, ok: done });
}
