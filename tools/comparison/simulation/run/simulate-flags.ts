import { readFileSync } from 'node:fs';
import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import {
  SIMULATION_ASSUMPTIONS,
  type SimulationAssumed,
  type SimulationAssumptionId,
} from '../models/assumptions.ts';
import {
  constant,
  day,
  durationOf,
  flashSale,
  type RateCurve,
  ramp,
  spike,
  week,
} from '../traffic/rate-curve.ts';
import { type CsvTraffic, readTraffic } from '../traffic/read-csv.ts';
import { type Mix, mixOf } from './mix.ts';

const SHAPES = ['constant', 'ramp', 'spike', 'flash-sale', 'day', 'week'] as const;
type Shape = (typeof SHAPES)[number];

export interface SimulateOptions {
  readonly traffic: CsvTraffic;
  /** Words that say what the traffic is. */
  readonly trafficName: string;
  readonly durationMs: number;
  readonly cv: number;
  readonly mix: Mix;
  readonly assumed: Partial<SimulationAssumed>;
  readonly seed: number;
  readonly maxRequests: number;
  readonly report?: string;
  readonly out?: string;
}

const usage = `npm run simulate -- --traffic day --rate 20 --duration 24h

Predicts what each variant does under some traffic: latency, cold starts, rejected requests, tasks and sandboxes over time, the age
of messages, the CDN's hit rate, and the bill. Sizes and limits come from the templates, service times from a measured report.

  --traffic SHAPE        ${SHAPES.join(', ')}, or a CSV file of times, or of times and rates (default constant)
  --rate N               requests per second: the mean of a day or a week, else the rate before a rise (default 10)
  --factor N             how many times higher a ramp, a spike or a sale rises (default 10)
  --duration D           90s, 30m, 24h or 7d (default 1h; 24h for a day, 7d for a week)
  --cv N                 variation of the gaps: 1 is Poisson, 0 regular, more comes in bursts (default 1)
  --orders-share N       share of the requests that place an order; each has a log-in and a look at the order (default 0.03)
  --pictures-share N     share of the requests that fetch a picture (default 0.3)
  --seed N               the same seed gives the same result (default 1)
  --max-requests N       a longer run is shortened at the same rates, and the error is printed (default 300000)
  --report DIR           report with the measured figures (default: the newest)
  --out DIR              writes simulation.html and simulation.json there (default: reports/simulations/<seed and shape>)
  --assume NAME=N        replaces an assumption: ${Object.keys(SIMULATION_ASSUMPTIONS).join(', ')}`;

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3 };
const DEFAULT_DURATION: Readonly<Partial<Record<Shape, string>>> = { day: '24h', week: '7d' };

/** Parses the flags of `npm run simulate`. @throws UserError that names the invalid flag; HelpAsked for --help */
export function simulateFlags(args: string[]): SimulateOptions {
  const { values, positionals } = parseFlags(
    args,
    {
      traffic: { type: 'string', default: 'constant' },
      rate: { type: 'string', default: '10' },
      factor: { type: 'string', default: '10' },
      duration: { type: 'string' },
      cv: { type: 'string', default: '1' },
      'orders-share': { type: 'string', default: '0.03' },
      'pictures-share': { type: 'string', default: '0.3' },
      seed: { type: 'string', default: '1' },
      'max-requests': { type: 'string', default: '300000' },
      report: { type: 'string' },
      out: { type: 'string' },
      assume: { type: 'string', multiple: true, default: [] },
    },
    usage,
  );
  if (positionals.length > 0) {
    throw new UserError(`simulate takes flags only, not "${positionals[0]}" (see --help).`);
  }
  const shape = SHAPES.find((known) => known === values.traffic);
  const rate = number('--rate', values.rate, 0, 1e6);
  const factor = number('--factor', values.factor, 0, 1e6);
  const duration = durationIn(values.duration ?? (shape && DEFAULT_DURATION[shape]) ?? '1h');
  const traffic = shape
    ? { curve: curveOf(shape, { rate, factor, duration }) }
    : readFile(values.traffic);
  const { report, out } = values;
  return {
    traffic,
    trafficName: shape ? `${shape}, ${rate} requests a second` : values.traffic,
    durationMs: 'curve' in traffic ? durationOf(traffic.curve) : (traffic.timesMs.at(-1) ?? 0) + 1,
    cv: number('--cv', values.cv, 0, 20),
    mix: mix(values),
    assumed: Object.fromEntries(values.assume.map(assumption)),
    seed: number('--seed', values.seed, 0, 2 ** 32),
    maxRequests: number('--max-requests', values['max-requests'], 1, 1e9),
    ...(report === undefined ? {} : { report }),
    ...(out === undefined ? {} : { out }),
  };
}

function curveOf(
  shape: Shape,
  { rate, factor, duration }: { rate: number; factor: number; duration: number },
): RateCurve {
  switch (shape) {
    case 'constant':
      return constant(rate, duration);
    case 'ramp':
      return ramp(rate, rate * factor, duration);
    case 'spike':
      return spike(rate, factor, duration);
    case 'flash-sale':
      return flashSale(rate, factor, duration);
    case 'day':
      return day(rate, duration);
    case 'week':
      return week(rate, duration);
  }
}

function mix(values: { 'orders-share': string; 'pictures-share': string }): Mix {
  const orders = number('--orders-share', values['orders-share'], 0, 1);
  const pictures = number('--pictures-share', values['pictures-share'], 0, 1);
  try {
    return mixOf(orders, pictures);
  } catch (error) {
    throw new UserError(`--orders-share and --pictures-share: ${(error as Error).message}.`);
  }
}

function readFile(path: string): CsvTraffic {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UserError(
      `--traffic takes ${SHAPES.join(', ')} or a CSV file; there is no file "${path}".`,
    );
  }
  return readTraffic(text, path);
}

function durationIn(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS[unit] ?? Number.NaN);
  if (ms >= 1_000 && ms <= 366 * 86_400e3) return ms;
  throw new UserError(`--duration takes 1s to 366d, such as 90s, 30m, 24h or 7d, not "${text}".`);
}

function number(flag: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most) return value;
  throw new UserError(`${flag} takes a number from ${least} to ${most}, not "${text}".`);
}

function assumption(text: string): [SimulationAssumptionId, number] {
  const [name = '', value = ''] = text.split('=', 2);
  const id = Object.keys(SIMULATION_ASSUMPTIONS).find((known) => known === name);
  if (id === undefined) {
    throw new UserError(`--assume takes NAME=N with a name listed by --help, not "${text}".`);
  }
  return [id as SimulationAssumptionId, number(`--assume ${name}`, value, 0, 1e9)];
}
