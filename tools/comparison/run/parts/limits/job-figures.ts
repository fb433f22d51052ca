import type { NewFigure, PartFindings } from '../../../data/index.ts';
import { allRenditions } from '../../../long-job/all-renditions.ts';
import type { ComparedTarget } from '../../part.ts';
import type { JobSize } from './job-sizes.ts';

export const RENDITIONS_PER_PICTURE = allRenditions('any').length;
/** The longest run time of a function; AWS does not raise it. */
const FUNCTION_LIMIT_S = 900;
const FUNCTION_QUOTA = 'docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';

export interface JobMeasured {
  readonly kind: 'container' | 'function';
  readonly size: JobSize;
  /** Seconds for all renditions of each sampled picture. */
  readonly seconds: readonly number[];
  /** Seconds of each invocation. */
  readonly pieceSeconds: readonly number[];
  /** Number of pictures in the shop. */
  readonly shopPictures: number;
  readonly codeLines: number;
  readonly program: string;
}

export interface JobSums {
  readonly secondsPerPicture: number;
  readonly seconds: number;
  readonly pieces: number;
  readonly usd: number;
  /** Number of complete pictures that one invocation could process. */
  readonly picturesIn900s: number;
}

/** Extrapolates from a sample of pictures to all of them. */
export function sumsOf(
  job: Pick<JobMeasured, 'kind' | 'size' | 'seconds' | 'shopPictures'>,
): JobSums {
  const secondsPerPicture =
    job.seconds.reduce((sum, one) => sum + one, 0) / Math.max(1, job.seconds.length);
  const seconds = secondsPerPicture * job.shopPictures;
  const pieces = job.kind === 'container' ? 1 : job.shopPictures * RENDITIONS_PER_PICTURE;
  const invocations = job.kind === 'container' ? 0 : pieces;
  return {
    secondsPerPicture,
    seconds,
    pieces,
    usd: seconds * job.size.usdPerSecond + invocations * job.size.usdPerInvocation,
    picturesIn900s: Math.floor(FUNCTION_LIMIT_S / secondsPerPicture),
  };
}

/** Adds all figures and facts about the job in one variant. */
export function reportJob(findings: PartFindings, target: ComparedTarget, job: JobMeasured): void {
  const { size, kind, shopPictures } = job;
  const sums = sumsOf(job);
  const n = job.seconds.length;
  const [low, high] = [Math.min(...job.seconds), Math.max(...job.seconds)];
  const sampled = (scale: (secondsPerPicture: number) => number) => {
    const ends = [scale(low), scale(high)].sort((a, b) => a - b);
    return { n, spread: { kind: 'min-max' as const, low: ends[0] ?? 0, high: ends[1] ?? 0 } };
  };
  const perPicture = `mean of ${n} seed pictures, all ${RENDITIONS_PER_PICTURE} renditions of each, ${target.label}`;
  const say = (figure: Omit<NewFigure, 'target'>) =>
    findings.figure({ target: target.name, ...figure });
  const of = (seconds: number) => sumsOf({ ...job, seconds: [seconds] });
  say({
    what: 'long-job/seconds',
    title: `Time for every rendition of the shop’s ${shopPictures} pictures, in sequence`,
    value: sums.seconds,
    unit: 's',
    sampled: sampled((one) => of(one).seconds),
    origin: `${perPicture}, times ${shopPictures}; originals read from and renditions stored in the local S3`,
    better: 'lower',
  });
  say({
    what: 'long-job/pictures-per-s',
    title: 'Pictures per second, each with all renditions',
    value: 1 / sums.secondsPerPicture,
    unit: '1/s',
    sampled: sampled((one) => 1 / one),
    origin: perPicture,
    better: 'higher',
  });
  say({
    what: 'long-job/usd',
    title: `Cost of the job on AWS, on a ${size.words}`,
    value: sums.usd,
    unit: 'USD',
    sampled: sampled((one) => of(one).usd),
    origin: `the local seconds at list prices of us-east-1 (tools/comparison/cost/prices), ARM; AWS’s CPUs differ from this machine’s`,
    better: 'lower',
  });
  say({
    what: 'long-job/pieces',
    title: 'Pieces that the job is split into',
    value: sums.pieces,
    unit: 'count',
    origin:
      kind === 'container'
        ? 'one process renders everything'
        : `${shopPictures} pictures × ${RENDITIONS_PER_PICTURE} renditions, one invocation each`,
    better: 'lower',
  });
  say({
    what: 'long-job/code-lines',
    title: 'Lines of code for the job',
    value: job.codeLines,
    unit: 'lines',
    origin: `tools/comparison/long-job/${job.program}, without comments and empty lines`,
    better: 'lower',
  });
  say({
    what: 'long-job/pictures-in-900-s',
    title: 'Pictures that fit into 15 minutes, the time limit of a function',
    value: sums.picturesIn900s,
    unit: 'pictures',
    sampled: sampled((one) => of(one).picturesIn900s),
    origin: `900 s (${FUNCTION_QUOTA}) divided by the time per picture: ${perPicture}`,
    better: 'higher',
  });
  if (job.pieceSeconds.length > 0) {
    const pieces = job.pieceSeconds.toSorted((a, b) => a - b);
    const longest = pieces.at(-1) ?? 0;
    say({
      what: 'long-job/longest-piece',
      title: 'Longest piece: the shortest possible time of the job, with any parallelism',
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
    subject: 'Long job and the 15-minute limit',
    text:
      kind === 'container'
        ? `a task has no time limit, so the job is not split. One function invocation could process at most ${sums.picturesIn900s} pictures`
        : `one invocation could process at most ${sums.picturesIn900s} pictures within the limit (${FUNCTION_QUOTA}), and this shop has a ${size.words}. So the job is split, and something has to track ${sums.pieces} pieces`,
  });
}
