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
  if (!env.TRIPTYCH_BASE_URL_SERVERLESS && !env.TRIPTYCH_DOMAIN) {
    needs(
      'TRIPTYCH_DOMAIN or TRIPTYCH_BASE_URL_SERVERLESS',
      'the services need the address of the CDN, which is created after them',
    );
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
