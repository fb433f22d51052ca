import type { Variant } from '@triptych/context-map';
import { choice } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';

/** What an operator chooses about protection. Each costs money every month, even while the shop is idle. */
export interface SecuritySettings {
  /** A firewall inspects requests where they enter. */
  readonly firewall: boolean;
  /** Data, messages, alarms and logs are encrypted under a key in the account. */
  readonly ownKey: boolean;
  /** How CloudFront is paid: by use, or by a flat-rate plan, which includes the firewall. */
  readonly cdnPlan: 'pay-as-you-go' | 'free' | 'pro' | 'business' | 'premium';
}

/** The environment variables of {@link SecuritySettings}. docs/template-settings.md explains each. */
export const SECURITY_VARIABLES = {
  TRIPTYCH_FIREWALL: choice(['off', 'on'], { default: 'off' }),
  TRIPTYCH_ENCRYPTION_KEY: choice(['aws', 'own'], { default: 'aws' }),
  TRIPTYCH_CDN_PLAN: choice(['pay-as-you-go', 'free', 'pro', 'business', 'premium'], {
    default: 'pay-as-you-go',
  }),
};

const SCHEMA = Type.Object(SECURITY_VARIABLES);

export function toSecuritySettings(config: Static<typeof SCHEMA>): SecuritySettings {
  return {
    ownKey: config.TRIPTYCH_ENCRYPTION_KEY === 'own',
    firewall: config.TRIPTYCH_FIREWALL === 'on',
    cdnPlan: config.TRIPTYCH_CDN_PLAN,
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds security settings that contradict others. `isWanted` tells whether a variant is described. */
export function securityContradictions(
  env: Environment,
  isWanted: (variant: Variant) => boolean,
): string[] {
  const faults: string[] = [];
  if (env.TRIPTYCH_FIREWALL !== 'on') {
    const { TRIPTYCH_CDN_PLAN: plan } = env;
    if (plan && plan !== 'pay-as-you-go') {
      faults.push(
        `TRIPTYCH_CDN_PLAN=${plan} needs TRIPTYCH_FIREWALL=on: a plan has exactly one distribution and its firewall`,
      );
    }
    return faults;
  }
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-chapter.html lists what AWS WAF protects.
  const isWeb = isWanted('serverless') && env.TRIPTYCH_HTTP === 'web-functions';
  if (isWanted('serverless') && !isWeb && env.TRIPTYCH_FRONT !== 'rest-api') {
    faults.push(
      'TRIPTYCH_FIREWALL=on needs TRIPTYCH_FRONT=rest-api: AWS WAF does not protect HTTP APIs',
    );
  }
  const isExpress = isWanted('microservices') && env.TRIPTYCH_CONTAINERS === 'express';
  if (!isWanted('hybrid') && !isExpress && !isWeb) return faults;
  if (isWanted('hybrid') && env.TRIPTYCH_CDN === 'off') {
    faults.push(
      'TRIPTYCH_FIREWALL=on needs TRIPTYCH_CDN=on: all requests of another edge have its address, which the firewall would block',
    );
  } else if (env.TRIPTYCH_REGION !== 'us-east-1') {
    // "You must create your web ACL in the US East (N. Virginia) Region":
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webacl.html
    faults.push(
      'TRIPTYCH_FIREWALL=on needs TRIPTYCH_REGION=us-east-1 for a CDN: its firewall is created there, in the same stack',
    );
  }
  return faults;
}
