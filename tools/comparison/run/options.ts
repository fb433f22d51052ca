import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import { parseHttpMode, parseVariant, type Variant, variants } from '@triptych/base/variants';
import type { HttpMode } from '@triptych/context-map';
import { PART_IDS, type PartId } from '../data/index.ts';
import { LOCAL_KINDS, type LocalKind, parseKinds } from './local-kinds.ts';
import { DEFAULT_PARTS } from './parts/index.ts';

/** A running shop given by `--target`. */
export interface GivenTarget {
  readonly name: string;
  readonly variant: Variant;
  /** How serverless serves HTTP, if not with event functions. */
  readonly http?: HttpMode;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** The operator's description: `AWS us-east-1`. */
  readonly label: string;
}

export interface CompareOptions {
  readonly mode: 'quick' | 'full';
  /** If empty, the local variants are started. */
  readonly targets: readonly GivenTarget[];
  readonly only: readonly LocalKind[];
  readonly parts: readonly PartId[];
  /** Output folder. Default: a folder in `reports/`. */
  readonly out?: string;
  /** The data.json of an older run. */
  readonly against?: string;
  readonly seed: number;
}

const usage = `npm run compare -- [--quick] [--target aws=https://…,variant=hybrid] [--only serverless,hybrid]

Measures the three variants and writes reports/<time>/index.html, report.md and data.json. Without --target, starts each
variant on this machine in its own local cloud, and serverless a second time with Web Functions. Ctrl-C stops early and keeps the results so far.

  --quick              a first report within 3 minutes, later on a busy machine; a full run takes up to 20
  --target NAME=URL,variant=V[,http=web-functions][,label=TEXT]
                       a shop that runs elsewhere; may be repeated. Admin and webhook secret are read from
                       TRIPTYCH_<NAME>_ADMIN_EMAIL, …_ADMIN_PASSWORD, …_WEBHOOK_SECRET, or the same without NAME
  --only a,b           only these: ${LOCAL_KINDS.map(({ name }) => name).join(', ')}. With --quick, serverless-web
                       is measured only when it is named
  --parts a,b          only these parts: ${PART_IDS.join(', ')}. "coordination" runs only when it is named: it starts
                       serverless once per way to coordinate a checkout
  --out DIR            output folder
  --against DIR        compare with an older report: lists what became slower or more expensive
  --seed N             seed of the random order and the intervals, to repeat a run`;

/** Parses the flags of `npm run compare`. @throws UserError that names the invalid flag; HelpAsked for --help */
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
  if (twice)
    throw new UserError(`Two targets have the name "${twice.name}": names must be unique.`);
  if (targets.length > 0 && values.only !== undefined) {
    throw new UserError('--only selects local variants: leave it out with --target.');
  }
  const mode = values.quick ? 'quick' : 'full';
  return {
    mode,
    targets,
    only: parseKinds(values.only, mode),
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
      `--target takes NAME=URL,variant=${variants.join('|')}, with a lower-case name, not "${text}".`,
    );
  }
  const more = new Map(rest.map((part) => part.split(/=(.*)/s, 2) as [string, string]));
  const unknown = [...more.keys()].find((key) => !['variant', 'http', 'label'].includes(key));
  if (unknown !== undefined)
    throw new UserError(`--target accepts variant, http and label, not "${unknown}".`);
  const variant = parseVariant(more.get('variant') ?? name);
  const http = parseHttpMode(more.get('http'));
  if (http !== undefined && variant !== 'serverless') {
    throw new UserError(`--target accepts http only with variant=serverless, not "${text}".`);
  }
  return {
    name,
    variant,
    ...(http === 'web-functions' ? { http } : {}),
    baseUrl: url.replace(/\/+$/, ''),
    label: more.get('label') ?? 'remote, kind of machine unknown',
  };
}

function parseParts(text: string | undefined): PartId[] {
  if (text === undefined) return [...DEFAULT_PARTS];
  const wanted = text.split(',').map((part) => part.trim());
  const unknown = wanted.find((part) => !PART_IDS.some((id) => id === part));
  if (unknown !== undefined) {
    throw new UserError(`There is no part "${unknown}"; there are ${PART_IDS.join(', ')}.`);
  }
  return PART_IDS.filter((id) => wanted.includes(id));
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
