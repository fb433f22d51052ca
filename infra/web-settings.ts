import { HTTP_MODES, type HttpMode, type Variant } from '@triptych/context-map';
import { choice } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';
import { checked, isMaxEnvironments, isRateLimit } from './settings-formats.ts';

/** How serverless answers HTTP, and the limits of its Web Functions. */
export interface WebSettings {
  /** `web-functions`: a listening server per context, behind a CDN. `event-functions`: a handler per context, behind an API. */
  readonly http: HttpMode;
  readonly web: {
    /** How the endpoints are closed to everyone but the CDN. */
    readonly access: 'secret' | 'iam';
    /** Environments per endpoint: a limit of the cost. */
    readonly maxEnvironments: number;
    /** Requests per second and endpoint: a limit of the cost. */
    readonly rateLimit: number;
    /** What answers with a rendition of more than 6 MB: the function itself, or a link to the bucket. */
    readonly largePictures: 'stream' | 'redirect';
    /** Share of the requests that a new revision gets, in percent. The rest goes to the previous one. */
    readonly newShare: number;
    /** Revisions that were deployed before, by service. Only a share below 100 uses them. */
    readonly previousRevisions: ReadonlyMap<string, string>;
  };
}

/** The environment variables of {@link WebSettings}. docs/template-settings.md explains each. */
export const WEB_VARIABLES = {
  TRIPTYCH_HTTP: choice([...HTTP_MODES], { default: HTTP_MODES[0] }),
  TRIPTYCH_WEB_ACCESS: choice(['secret', 'iam'], { default: 'secret' }),
  TRIPTYCH_WEB_MAX_ENVIRONMENTS: checked(isMaxEnvironments, 'a whole number from 2 to 10000', {
    default: '20',
  }),
  TRIPTYCH_WEB_RATE_LIMIT: checked(
    isRateLimit,
    '0, 100 to 1000 in hundreds, or 2000 to 10000 in thousands',
    { default: '1000' },
  ),
  TRIPTYCH_WEB_LARGE_PICTURES: choice(['stream', 'redirect'], { default: 'stream' }),
  TRIPTYCH_WEB_NEW_SHARE: checked(isShare, 'a whole number from 1 to 100', { default: '100' }),
  TRIPTYCH_WEB_PREVIOUS_REVISIONS: Type.Optional(
    checked(isRevisionList, 'services and revisions, as in auth=1a2b3c,catalog=4d5e6f'),
  ),
};

const SCHEMA = Type.Object(WEB_VARIABLES);

export function toWebSettings(config: Static<typeof SCHEMA>): WebSettings {
  return {
    http: config.TRIPTYCH_HTTP,
    web: {
      access: config.TRIPTYCH_WEB_ACCESS,
      maxEnvironments: Number(config.TRIPTYCH_WEB_MAX_ENVIRONMENTS),
      rateLimit: Number(config.TRIPTYCH_WEB_RATE_LIMIT),
      largePictures: config.TRIPTYCH_WEB_LARGE_PICTURES,
      newShare: Number(config.TRIPTYCH_WEB_NEW_SHARE),
      previousRevisions: revisionsIn(config.TRIPTYCH_WEB_PREVIOUS_REVISIONS ?? ''),
    },
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds settings that Web Functions cannot have. `isWanted` tells whether a variant is described. */
export function webContradictions(
  env: Environment,
  isWanted: (variant: Variant) => boolean,
): string[] {
  if (env.TRIPTYCH_HTTP !== 'web-functions' || !isWanted('serverless')) return [];
  const faults: string[] = [];
  const needs = (what: string, why: string) =>
    faults.push(`TRIPTYCH_HTTP=web-functions needs ${what}: ${why}`);
  const { TRIPTYCH_WEB_NEW_SHARE: share, TRIPTYCH_WEB_PREVIOUS_REVISIONS: previous } = env;
  if (share && share !== '100' && !previous) {
    needs('TRIPTYCH_WEB_PREVIOUS_REVISIONS', 'they get the requests that a new revision does not');
  }
  // AWS Lambda Developer Guide, "Web functions: runtimes"
  if (env.TRIPTYCH_ARCHITECTURE && env.TRIPTYCH_ARCHITECTURE !== 'arm64') {
    needs('TRIPTYCH_ARCHITECTURE=arm64', 'Web Functions run on no other processor');
  }
  if (env.TRIPTYCH_FRONT === 'rest-api') {
    needs('TRIPTYCH_FRONT=http-api', 'the CDN takes the place of the API');
  }
  if (env.TRIPTYCH_PROVISIONED_CONCURRENCY && env.TRIPTYCH_PROVISIONED_CONCURRENCY !== '0') {
    needs('TRIPTYCH_PROVISIONED_CONCURRENCY=0', 'nothing of a Web Function can be provisioned');
  }
  return faults;
}

function isShare(value: string): boolean {
  return /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 100;
}

function isRevisionList(value: string): boolean {
  return value.split(',').every((pair) => /^[a-z][a-z0-9-]*=[\w-]+$/.test(pair.trim()));
}

function revisionsIn(value: string): ReadonlyMap<string, string> {
  const pairs = value.split(',').map((pair) => pair.trim().split('='));
  return new Map(
    pairs.flatMap(([service, revision]) => (service && revision ? [[service, revision]] : [])),
  );
}
