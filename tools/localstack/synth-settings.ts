import { loopbackUrl, portsFrom, type Variant, variants } from '@triptych/base/variants';
import { restApiId } from './filter/assign-ids.ts';
import type { LocalStack } from './preflight/index.ts';

/** LocalStack as its own functions reach it: its name server leads this name to it, whatever port is published. */
const insideUrl = 'http://localhost.localstack.cloud:4566';

/** A REST API's stage at LocalStack. */
export function stageUrl(endpoint: string, apiId: string, stage: string): string {
  return `${endpoint}/_aws/execute-api/${apiId}/${stage}`;
}

const serverlessApi = restApiId('triptych-serverless-front');

/**
 * Settings of infra/app.ts for LocalStack. Addresses and counts that the environment names already win: whoever puts a
 * proxy before a variant says so there.
 */
export function synthSettings(
  { endpoint, architecture }: Pick<LocalStack, 'endpoint' | 'architecture'>,
  wanted: readonly Variant[],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const ports = portsFrom();
  const byDefault: Record<string, string> = {
    TRIPTYCH_TASKS_PER_SERVICE: '1',
    TRIPTYCH_S3_PUBLIC_ENDPOINT: endpoint,
    TRIPTYCH_INTERNAL_URL_SERVERLESS: stageUrl(insideUrl, serverlessApi, 'live'),
  };
  for (const variant of variants) {
    byDefault[`TRIPTYCH_BASE_URL_${variant.toUpperCase()}`] =
      variant === 'serverless'
        ? stageUrl(endpoint, serverlessApi, 'live')
        : loopbackUrl(ports.byVariant[variant]);
  }
  const chosen = Object.entries(byDefault).map(([name, value]) => [name, env[name] || value]);
  return {
    ...Object.fromEntries(chosen),
    TRIPTYCH_VARIANTS: wanted.join(','),
    TRIPTYCH_PROVIDER: 'simulator',
    TRIPTYCH_FRONT: 'rest-api',
    TRIPTYCH_ARCHITECTURE: architecture,
    TRIPTYCH_S3_PATH_STYLE: 'on',
    TRIPTYCH_CDN: 'on',
  };
}
