import type { Variant } from '@triptych/context-map';
import { choice } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';

/** What an operator chooses about protection. Each costs money every month, even while the shop is idle. */
export interface SecuritySettings {
  /** A firewall inspects requests where they enter. */
  readonly firewall: boolean;
}

/** The environment variables of {@link SecuritySettings}. docs/template-settings.md explains each. */
export const SECURITY_VARIABLES = {
  TRIPTYCH_FIREWALL: choice(['off', 'on'], { default: 'off' }),
};

const SCHEMA = Type.Object(SECURITY_VARIABLES);

export function toSecuritySettings(config: Static<typeof SCHEMA>): SecuritySettings {
  return { firewall: config.TRIPTYCH_FIREWALL === 'on' };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds security settings that contradict others. `isWanted` tells whether a variant is described. */
export function securityContradictions(
  env: Environment,
  isWanted: (variant: Variant) => boolean,
): string[] {
  if (env.TRIPTYCH_FIREWALL !== 'on') return [];
  const faults: string[] = [];
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-chapter.html lists what AWS WAF protects.
  if (isWanted('serverless') && env.TRIPTYCH_FRONT !== 'rest-api') {
    faults.push(
      'TRIPTYCH_FIREWALL=on needs TRIPTYCH_FRONT=rest-api: AWS WAF does not protect HTTP APIs',
    );
  }
  if (!isWanted('hybrid')) return faults;
  if (env.TRIPTYCH_CDN === 'off') {
    faults.push(
      'TRIPTYCH_FIREWALL=on needs TRIPTYCH_CDN=on: all requests of another edge have its address, which the firewall would block',
    );
  } else if (env.TRIPTYCH_REGION !== 'us-east-1') {
    // "You must create your web ACL in the US East (N. Virginia) Region":
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webacl.html
    faults.push(
      'TRIPTYCH_FIREWALL=on needs TRIPTYCH_REGION=us-east-1 for hybrid: the firewall of a CDN is created there, in the same stack',
    );
  }
  return faults;
}
