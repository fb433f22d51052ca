import { VARIANTS, type Variant } from '@triptych/context-map';
import { domainFaults } from './domain-settings.ts';
import { expressContradictions } from './express-settings.ts';
import { securityContradictions } from './security-settings.ts';
import { isBaseUrl, isOrigin, ORIGIN_FORM } from './settings-formats.ts';
import { webContradictions } from './web-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds settings that are valid on their own and contradict each other. */
export function contradictions(env: Environment): string[] {
  const variants = variantsIn(env.TRIPTYCH_VARIANTS || VARIANTS.join(','));
  const isWanted = (variant: Variant) => variants.includes(variant);
  const faults = [
    ...securityContradictions(env, isWanted),
    ...expressContradictions(env, isWanted),
    ...webContradictions(env, isWanted),
  ];
  const serverless = env.TRIPTYCH_BASE_URL_SERVERLESS ?? '';
  // Only the base URL of a REST API has a path: its stage.
  if (env.TRIPTYCH_FRONT !== 'rest-api' && isBaseUrl(serverless) && !isOrigin(serverless)) {
    faults.push(
      `TRIPTYCH_BASE_URL_SERVERLESS is "${serverless}" but must be ${ORIGIN_FORM}, ` +
        'unless TRIPTYCH_FRONT is rest-api',
    );
  }
  const https = env.TRIPTYCH_BASE_URL_MICROSERVICES?.startsWith('https');
  const ofMicroservices = env.TRIPTYCH_CERTIFICATE_ARN && isWanted('microservices');
  if (ofMicroservices && !https && !env.TRIPTYCH_DOMAIN) {
    faults.push(
      'TRIPTYCH_CERTIFICATE_ARN needs TRIPTYCH_BASE_URL_MICROSERVICES with https:// and a name ' +
        "that the certificate covers; no certificate covers the load balancer's own name",
    );
  }
  if (env.TRIPTYCH_CDN === 'off' && isWanted('hybrid') && !env.TRIPTYCH_BASE_URL_HYBRID) {
    faults.push(
      'TRIPTYCH_CDN=off needs TRIPTYCH_BASE_URL_HYBRID: without the CDN there is no edge',
    );
  }
  return [...faults, ...domainFaults(env, variants)];
}

/** The variants of a comma-separated list. */
export function variantsIn(text: string): Variant[] {
  return VARIANTS.filter((variant) => listed(text).includes(variant));
}

/** The words of a comma-separated list. */
export function listed(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}
