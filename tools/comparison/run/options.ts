import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import { parseVariant, parseVariants, type Variant, variants } from '@triptych/base/variants';
import { type PartId, partIds } from '../data/index.ts';

/** A shop that runs elsewhere, as the operator names it. */
export interface GivenTarget {
  readonly name: string;
  readonly variant: Variant;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** What the operator says it is: `AWS us-east-1`. */
  readonly label: string;
}

export interface CompareOptions {
  readonly mode: 'quick' | 'full';
  /** Empty: the local variants are started. */
  readonly targets: readonly GivenTarget[];
  readonly only: readonly Variant[];
  readonly parts: readonly PartId[];
  /** Where the report goes; a folder below `reports/` unless told. */
  readonly out?: string;
  /** data.json of an older run. */
  readonly against?: string;
  readonly seed: number;
}

const usage = `npm run compare -- [--quick] [--target aws=https://…,variant=hybrid] [--only serverless,hybrid]

Measures the three variants and writes reports/<time>/index.html, report.md and data.json. Starts them on this machine, each
in a local cloud of its own, unless targets are given. Ctrl-C ends early and keeps what was measured.

  --quick              a first report within 3 minutes; without it up to 20
  --target NAME=URL,variant=V[,label=TEXT]
                       a shop that runs elsewhere; may be repeated. Admin and webhook secret come from
                       TRIPTYCH_<NAME>_ADMIN_EMAIL, …_ADMIN_PASSWORD, …_WEBHOOK_SECRET, or the same without NAME
  --only a,b           these variants only
  --parts a,b          these parts only: ${partIds.join(', ')}
  --out DIR            where the report goes
  --against DIR        an older report: says what became slower or dearer
  --seed N             of the random order and the intervals, to repeat a run`;

/** Flags of `npm run compare`. @throws UserError that names the flag, HelpAsked */
export function parseOptions(args: string[], cwd = process.cwd()): CompareOptions {
  const { values, positionals } = parseFlags(
    args,
    {
      quick: { type: 'boolean', default: false },
      target: { type: 'string', multiple: true, default: [] },
      only: { type: 'string' },
      parts: { type: 'string' },
      out: { type: 'string' },
      against: { type: 'string' },
      seed: { type: 'string' },
    },
    usage,
  );
  if (positionals.length > 0) {
    throw new UserError(`compare takes flags only, not "${positionals[0]}" (see --help).`);
  }
  const targets = values.target.map(parseTarget);
  const twice = targets.find(({ name }, at) => targets.findIndex((t) => t.name === name) !== at);
  if (twice) throw new UserError(`Two targets are called "${twice.name}": give each its own name.`);
  if (targets.length > 0 && values.only !== undefined) {
    throw new UserError('--only chooses among local variants: leave it out with --target.');
  }
  return {
    mode: values.quick ? 'quick' : 'full',
    targets,
    only: parseVariants(values.only),
    parts: parseParts(values.parts),
    ...(values.out === undefined ? {} : { out: values.out }),
    ...(values.against === undefined ? {} : { against: olderData(values.against, cwd) }),
    seed: parseSeed(values.seed),
  };
}

/** `aws=https://shop.example,variant=hybrid,label=AWS us-east-1`. @throws UserError */
function parseTarget(text: string): GivenTarget {
  const [head = '', ...rest] = text.split(',');
  const at = head.indexOf('=');
  const name = head.slice(0, Math.max(0, at));
  const url = head.slice(at + 1);
  if (!/^[a-z0-9-]+$/.test(name) || !/^https?:/.test(url) || !URL.canParse(url)) {
    throw new UserError(
      `--target takes NAME=URL,variant=${variants.join('|')}, with a name of small letters, not "${text}".`,
    );
  }
  const more = new Map(rest.map((part) => part.split(/=(.*)/s, 2) as [string, string]));
  const unknown = [...more.keys()].find((key) => key !== 'variant' && key !== 'label');
  if (unknown !== undefined)
    throw new UserError(`--target knows variant and label, not "${unknown}".`);
  return {
    name,
    variant: parseVariant(more.get('variant') ?? name),
    baseUrl: url.replace(/\/+$/, ''),
    label: more.get('label') ?? 'as given, kind of machine unknown',
  };
}

function parseParts(text: string | undefined): PartId[] {
  if (text === undefined) return [...partIds];
  const wanted = text.split(',').map((part) => part.trim());
  const unknown = wanted.find((part) => !partIds.some((id) => id === part));
  if (unknown !== undefined) {
    throw new UserError(`There is no part "${unknown}"; there are ${partIds.join(', ')}.`);
  }
  return partIds.filter((id) => wanted.includes(id));
}

function olderData(given: string, cwd: string): string {
  const path = resolve(cwd, given);
  const found = [join(path, 'data.json'), path].find(
    (file) => file.endsWith('.json') && existsSync(file),
  );
  if (found) return found;
  throw new UserError(`--against takes the folder of an older report; ${given} has no data.json.`);
}

function parseSeed(text: string | undefined): number {
  if (text === undefined) return Math.floor(Math.random() * 2 ** 31);
  const seed = Number(text);
  if (text !== '' && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31) return seed;
  throw new UserError(`--seed takes a whole number below 2^31, not "${text}".`);
}
