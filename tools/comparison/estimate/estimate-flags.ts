import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import {
  ASSUMPTIONS,
  type Assumed,
  type AssumptionId,
  DEFAULT_SCENARIO,
  pricedRegions,
  type Scenario,
} from '../cost/index.ts';

export interface EstimateOptions {
  readonly scenario: Scenario;
  readonly region: string;
  readonly report?: string;
  readonly assumed: Partial<Assumed>;
}

const usage = `npm run estimate -- --requests-per-month 5e6 --peak-to-mean 8

The whole AWS bill of a month for each variant, line by line: quantities from the templates and from what was measured, list
prices from a dated file. And from which traffic on one is cheaper than the other.

  --requests-per-month N   how many requests reach the shop's address, 0 to 1e12; 1e6 unless told
  --peak-to-mean N         requests per second in the busiest time over the month's mean; ${DEFAULT_SCENARIO.peakToMean} unless told
  --scaling peak|follow    tasks for the peak all month, or as many as the load needs; ${DEFAULT_SCENARIO.scaling} unless told
  --free-tier              take AWS's free allowances off
  --region R               ${pricedRegions().join(', ')}
  --report DIR             a report to take the measured figures from; the newest unless told
  --assume NAME=N          another value for one of: ${Object.keys(ASSUMPTIONS).join(', ')}`;

/** Flags of `npm run estimate`. @throws UserError that names the flag, HelpAsked */
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
    },
    usage,
  );
  if (positionals.length > 0) {
    throw new UserError(`estimate takes flags only, not "${positionals[0]}" (see --help).`);
  }
  const { region, report, scaling } = values;
  if (!pricedRegions().includes(region)) {
    throw new UserError(
      `There are prices of ${pricedRegions().join(', ')} only, not of "${region}".`,
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
  };
}

function number(flag: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most) return value;
  throw new UserError(`${flag} takes a number from ${least} to ${most}, not "${text}".`);
}

function assumption(text: string): [AssumptionId, number] {
  const [name = '', value = ''] = text.split('=', 2);
  const id = Object.keys(ASSUMPTIONS).find((known) => known === name);
  if (id === undefined) {
    throw new UserError(`--assume takes NAME=N with a name that --help lists, not "${text}".`);
  }
  return [id as AssumptionId, number(`--assume ${name}`, value, 0, 1e15)];
}
