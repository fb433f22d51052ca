import { loopbackUrl, portsFrom, type Variant, variants } from '@triptych/base/variants';
import { restApiId } from './filter/assign-ids.ts';
import type { LocalStack } from './preflight/index.ts';

/** LocalStack's URL for its own functions. Its DNS server resolves the name; the published port does not matter. */
const INSIDE_URL = 'http://localhost.localstack.cloud:4566';

/** The URL of a REST API's stage in LocalStack. */
export function stageUrl(endpoint: string, apiId: string, stage: string): string {
  return `${endpoint}/_aws/execute-api/${apiId}/${stage}`;
}

const SERVERLESS_API_ID = restApiId('triptych-serverless-rest-front');

/**
 * The settings of infra/app.ts for LocalStack. Addresses and task counts from the environment take precedence, for example
 * the URL of a proxy before a variant.
 */
export function synthSettings(
  { endpoint, architecture }: Pick<LocalStack, 'endpoint' | 'architecture'>,
  wanted: readonly Variant[],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const ports = portsFrom();
  const defaults: Record<string, string> = {
    TRIPTYCH_TASKS_PER_SERVICE: '1',
    TRIPTYCH_S3_PUBLIC_ENDPOINT: endpoint,
    TRIPTYCH_INTERNAL_URL_SERVERLESS: stageUrl(INSIDE_URL, SERVERLESS_API_ID, 'live'),
  };
  for (const variant of variants) {
    defaults[`TRIPTYCH_BASE_URL_${variant.toUpperCase()}`] =
      variant === 'serverless'
        ? stageUrl(endpoint, SERVERLESS_API_ID, 'live')
        : loopbackUrl(ports.byVariant[variant]);
  }
  const chosen = Object.entries(defaults).map(([name, value]) => [name, env[name] || value]);
  return {
    ...Object.fromEntries(chosen),
    TRIPTYCH_VARIANTS: wanted.join(','),
    TRIPTYCH_STAGE: '',
    TRIPTYCH_REGION: '',
    TRIPTYCH_ACCOUNT: '',
    TRIPTYCH_PROVIDER: 'simulator',
    TRIPTYCH_FRONT: 'rest-api',
    TRIPTYCH_ARCHITECTURE: architecture,
    TRIPTYCH_S3_PATH_STYLE: 'on',
    TRIPTYCH_CDN: 'on',
  };
}
