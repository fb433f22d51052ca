import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import {
  ASSUMPTIONS,
  type Assumed,
  type AssumptionId,
  DEFAULT_SCENARIO,
  pricedRegions,
  type Scenario,
  WEB_RATE_UNITS,
  type WebRates,
} from '../cost/index.ts';

export interface EstimateOptions {
  readonly scenario: Scenario;
  readonly region: string;
  readonly report?: string;
  readonly assumed: Partial<Assumed>;
  /** The rates of Web Functions, if given. */
  readonly rates?: WebRates;
}

const RATE_NAMES = Object.keys(WEB_RATE_UNITS) as (keyof WebRates)[];

const usage = `npm run estimate -- --requests-per-month 5e6 --peak-to-mean 8

Estimates the complete monthly AWS bill of each variant, line by line, and the break-even points between variants. Quantities
come from the templates and from measured figures, list prices from a dated file.

  --requests-per-month N   requests to the shop per month, 0 to 1e12 (default 1e6)
  --peak-to-mean N         peak requests per second divided by the monthly mean (default ${DEFAULT_SCENARIO.peakToMean})
  --scaling peak|follow    run tasks for the peak all month, or follow the load (default ${DEFAULT_SCENARIO.scaling})
  --free-tier              subtract AWS's free tier
  --region R               ${pricedRegions().join(', ')} (default us-east-1)
  --report DIR             report with the measured figures (default: the newest)
  --assume NAME=N          replaces an assumption: ${Object.keys(ASSUMPTIONS).join(', ')}
  --rate web.NAME=N        rates of Web Functions, of which AWS's are not known: ${RATE_NAMES.map((name) => `web.${name} (${WEB_RATE_UNITS[name]})`).join(', ')};
                           without them, the estimate prints the rates at which Web Functions break even`;

/** Parses the flags of `npm run estimate`. @throws UserError that names the invalid flag; HelpAsked for --help */
export function estimateFlags(args: string[]): EstimateOptions {
  const { values, positionals } = parseFlags(
    args,
    {
      'requests-per-month': { type: 'string', default: '1e6' },
      'peak-to-mean': { type: 'string', default: String(DEFAULT_SCENARIO.peakToMean) },
      scaling: { type: 'string', default: DEFAULT_SCENARIO.scaling },
      'free-tier': { type: 'boolean', default: false },
      region: { type: 'string', default: 'us-east-1' },
      report: { type: 'string' },
      assume: { type: 'string', multiple: true, default: [] },
      rate: { type: 'string', multiple: true, default: [] },
    },
    usage,
  );
  if (positionals.length > 0) {
    throw new UserError(`estimate takes flags only, not "${positionals[0]}" (see --help).`);
  }
  const { region, report, scaling } = values;
  if (!pricedRegions().includes(region)) {
    throw new UserError(
      `There are prices for ${pricedRegions().join(', ')} only, not for "${region}".`,
    );
  }
  if (scaling !== 'peak' && scaling !== 'follow') {
    throw new UserError(`--scaling takes peak or follow, not "${scaling}".`);
  }
  return {
    scenario: {
      requestsPerMonth: number('--requests-per-month', values['requests-per-month'], 0, 1e12),
      peakToMean: number('--peak-to-mean', values['peak-to-mean'], 1, 1e4),
      freeTier: values['free-tier'],
      scaling,
    },
    region,
    ...(report === undefined ? {} : { report }),
    assumed: Object.fromEntries(values.assume.map(assumption)),
    ...(values.rate.length === 0 ? {} : { rates: webRates(values.rate) }),
  };
}

function number(flag: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most) return value;
  throw new UserError(`${flag} takes a number from ${least} to ${most}, not "${text}".`);
}

/** Every rate once: a bill with only some of them would look complete. @throws UserError */
function webRates(texts: readonly string[]): WebRates {
  const rates: Partial<Record<keyof WebRates, number>> = {};
  for (const text of texts) {
    const [id = '', value = ''] = text.split('=', 2);
    const name = RATE_NAMES.find((known) => id === `web.${known}`);
    if (name === undefined) {
      const names = RATE_NAMES.map((known) => `web.${known}`).join(', ');
      throw new UserError(`--rate takes NAME=N with a name of ${names}, not "${text}".`);
    }
    if (rates[name] !== undefined) throw new UserError(`--rate ${id} is given twice.`);
    rates[name] = number(`--rate ${id}`, value, 0, 1000);
  }
  const missing = RATE_NAMES.filter((name) => rates[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => `web.${name}`).join(' and ');
    throw new UserError(`--rate needs all three rates of Web Functions: add ${names}.`);
  }
  return rates as WebRates;
}

function assumption(text: string): [AssumptionId, number] {
  const [name = '', value = ''] = text.split('=', 2);
  const id = Object.keys(ASSUMPTIONS).find((known) => known === name);
  if (id === undefined) {
    throw new UserError(`--assume takes NAME=N with a name listed by --help, not "${text}".`);
  }
  return [id as AssumptionId, number(`--assume ${name}`, value, 0, 1e15)];
}
