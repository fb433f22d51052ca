import type { NewFigure, PartFindings } from '../../../data/index.ts';
import { allRenditions } from '../../../long-job/all-renditions.ts';
import type { ComparedTarget } from '../../part.ts';
import type { JobSize } from './job-sizes.ts';

export const renditionsPerPicture = allRenditions('any').length;
/** A function's longest life; no setting raises it. */
const functionLimitS = 900;
const functionQuota = 'docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';

export interface JobMeasured {
  readonly kind: 'container' | 'function';
  readonly size: JobSize;
  /** For each picture of the sample, all its renditions. */
  readonly seconds: readonly number[];
  /** Of each invocation. */
  readonly pieceSeconds: readonly number[];
  /** Pictures that the shop has. */
  readonly shopPictures: number;
  readonly codeLines: number;
  readonly program: string;
}

export interface JobSums {
  readonly secondsPerPicture: number;
  readonly seconds: number;
  readonly pieces: number;
  readonly usd: number;
  /** Whole pictures that one invocation could make. */
  readonly picturesIn900s: number;
}

/** From a sample of pictures to all of them. */
export function sumsOf(
  job: Pick<JobMeasured, 'kind' | 'size' | 'seconds' | 'shopPictures'>,
): JobSums {
  const secondsPerPicture =
    job.seconds.reduce((sum, one) => sum + one, 0) / Math.max(1, job.seconds.length);
  const seconds = secondsPerPicture * job.shopPictures;
  const pieces = job.kind === 'container' ? 1 : job.shopPictures * renditionsPerPicture;
  const invocations = job.kind === 'container' ? 0 : pieces;
  return {
    secondsPerPicture,
    seconds,
    pieces,
    usd: seconds * job.size.usdPerSecond + invocations * job.size.usdPerInvocation,
    picturesIn900s: Math.floor(functionLimitS / secondsPerPicture),
  };
}

/** All that is said of the job in one variant. */
export function reportJob(findings: PartFindings, target: ComparedTarget, job: JobMeasured): void {
  const { size, kind, shopPictures } = job;
  const sums = sumsOf(job);
  const n = job.seconds.length;
  const [low, high] = [Math.min(...job.seconds), Math.max(...job.seconds)];
  const sampled = (scale: (secondsPerPicture: number) => number) => {
    const ends = [scale(low), scale(high)].sort((a, b) => a - b);
    return { n, spread: { kind: 'min-max' as const, low: ends[0] ?? 0, high: ends[1] ?? 0 } };
  };
  const perPicture = `mean of ${n} seed pictures, all ${renditionsPerPicture} renditions of each, ${target.label}`;
  const say = (figure: Omit<NewFigure, 'target'>) =>
    findings.figure({ target: target.name, ...figure });
  const of = (seconds: number) => sumsOf({ ...job, seconds: [seconds] });
  say({
    what: 'long-job/seconds',
    title: `Every rendition of the shop’s ${shopPictures} pictures, one after the other`,
    value: sums.seconds,
    unit: 's',
    sampled: sampled((one) => of(one).seconds),
    origin: `${perPicture}, times ${shopPictures}; originals read from and renditions stored in the local S3`,
    better: 'lower',
  });
  say({
    what: 'long-job/pictures-per-s',
    title: 'Pictures with all their renditions per second',
    value: 1 / sums.secondsPerPicture,
    unit: '1/s',
    sampled: sampled((one) => 1 / one),
    origin: perPicture,
    better: 'higher',
  });
  say({
    what: 'long-job/usd',
    title: `Price of the job on AWS, on a ${size.words}`,
    value: sums.usd,
    unit: 'USD',
    sampled: sampled((one) => of(one).usd),
    origin: `the local seconds at list prices of us-east-1 (tools/comparison/cost/prices), ARM; AWS’s processors are not this machine’s`,
    better: 'lower',
  });
  say({
    what: 'long-job/pieces',
    title: 'Pieces that the job is cut into',
    value: sums.pieces,
    unit: 'count',
    origin:
      kind === 'container'
        ? 'one process makes all'
        : `${shopPictures} pictures × ${renditionsPerPicture} renditions, an invocation each`,
    better: 'lower',
  });
  say({
    what: 'long-job/code-lines',
    title: 'Lines of code for it',
    value: job.codeLines,
    unit: 'lines',
    origin: `tools/comparison/long-job/${job.program}, without comments and empty lines`,
    better: 'lower',
  });
  say({
    what: 'long-job/pictures-in-900-s',
    title: 'Pictures that fit into 15 minutes, the longest that a function runs',
    value: sums.picturesIn900s,
    unit: 'pictures',
    sampled: sampled((one) => of(one).picturesIn900s),
    origin: `900 s (${functionQuota}) divided by the ${perPicture}`,
    better: 'higher',
  });
  if (job.pieceSeconds.length > 0) {
    const pieces = job.pieceSeconds.toSorted((a, b) => a - b);
    const longest = pieces.at(-1) ?? 0;
    say({
      what: 'long-job/longest-piece',
      title: 'Longest piece: nothing ends sooner, however many run side by side',
      value: longest,
      unit: 's',
      sampled: {
        n: pieces.length,
        spread: { kind: 'min-max', low: pieces[0] ?? 0, high: longest },
      },
      origin: 'time of each invocation, cold starts included',
      better: 'lower',
    });
  }
  findings.fact({
    target: target.name,
    subject: 'long job and the 15-minute limit',
    text:
      kind === 'container'
        ? `a task runs as long as it takes: nothing is cut. In one go, ${sums.picturesIn900s} pictures would be the most for a function`
        : `one invocation could make ${sums.picturesIn900s} pictures before it is ended (${functionQuota}), and ${size.words} is set: so it is cut, and somebody has to keep track of ${sums.pieces} pieces`,
  });
}
