import { COORDINATIONS, VARIANTS } from '@triptych/context-map';

/** Values of settings that are valid together, by variable. */
export type SettingValues = Readonly<Record<string, string>>;

const CERTIFICATE =
  'arn:aws:acm:us-east-1:123456789012:certificate/0f3c7a9e-1111-2222-3333-444455556666';

const HOSTED_ZONE = { TRIPTYCH_HOSTED_ZONE: 'Z0123456789ABCDEFGHIJ' };
const DOMAIN = { TRIPTYCH_DOMAIN: 'shop.example.com', TRIPTYCH_VARIANTS: 'microservices' };
/** What a firewall in front of every variant needs. */
const FIREWALL = {
  TRIPTYCH_FRONT: 'rest-api',
  TRIPTYCH_REGION: 'us-east-1',
  TRIPTYCH_ZONES: 'us-east-1b,us-east-1d',
};

const WEB = { TRIPTYCH_VARIANTS: 'serverless' };
const ON_WEB = { ...WEB, TRIPTYCH_HTTP: 'web-functions' };

/** Adds what a value needs, so that every entry below is valid on its own. */
const NEEDS: Readonly<Record<string, SettingValues>> = {
  TRIPTYCH_DOMAIN: { ...HOSTED_ZONE, TRIPTYCH_VARIANTS: 'serverless' },
  TRIPTYCH_HOSTED_ZONE: DOMAIN,
  TRIPTYCH_CERTIFICATE_ARN: { TRIPTYCH_BASE_URL_MICROSERVICES: 'https://shop.example' },
  TRIPTYCH_CDN: { TRIPTYCH_BASE_URL_HYBRID: 'https://hybrid.example' },
  TRIPTYCH_CONTAINERS: {
    TRIPTYCH_BASE_URL_MICROSERVICES: 'https://shop.example',
    TRIPTYCH_ARCHITECTURE: 'x86_64',
  },
  TRIPTYCH_FIREWALL: FIREWALL,
  TRIPTYCH_HTTP: WEB,
  TRIPTYCH_WEB_ACCESS: ON_WEB,
  TRIPTYCH_WEB_MAX_ENVIRONMENTS: ON_WEB,
  TRIPTYCH_WEB_RATE_LIMIT: ON_WEB,
  TRIPTYCH_WEB_LARGE_PICTURES: ON_WEB,
  TRIPTYCH_WEB_NEW_SHARE: { ...ON_WEB, TRIPTYCH_WEB_PREVIOUS_REVISIONS: 'catalog=1a2b3c' },
  TRIPTYCH_WEB_PREVIOUS_REVISIONS: { ...ON_WEB, TRIPTYCH_WEB_NEW_SHARE: '50' },
  TRIPTYCH_CDN_PLAN: { ...FIREWALL, TRIPTYCH_FIREWALL: 'on' },
};

/**
 * Values of each setting of the templates other than its default: every value of a choice, and one or more examples of a
 * free text. A test compares the names with the settings. `TRIPTYCH_DIST` is missing, because tests choose the artifacts.
 */
export const OTHER_VALUES: Readonly<Record<string, readonly string[]>> = {
  TRIPTYCH_VARIANTS: VARIANTS,
  TRIPTYCH_STAGE: ['trial'],
  TRIPTYCH_BASE_URL_MICROSERVICES: ['http://127.0.0.1:4001'],
  TRIPTYCH_BASE_URL_SERVERLESS: ['http://127.0.0.1:4002'],
  TRIPTYCH_BASE_URL_HYBRID: ['http://127.0.0.1:4003'],
  TRIPTYCH_INTERNAL_URL_MICROSERVICES: ['http://edge:4001'],
  TRIPTYCH_INTERNAL_URL_SERVERLESS: ['http://edge:4002'],
  TRIPTYCH_INTERNAL_URL_HYBRID: ['http://edge:4003'],
  TRIPTYCH_DOMAIN: ['shop.example.com'],
  TRIPTYCH_HOSTED_ZONE: [HOSTED_ZONE.TRIPTYCH_HOSTED_ZONE],
  TRIPTYCH_FRONT: ['rest-api'],
  TRIPTYCH_CHECKOUT: COORDINATIONS.slice(1),
  TRIPTYCH_ARCHITECTURE: ['x86_64'],
  TRIPTYCH_TASKS_PER_SERVICE: ['1', '20'],
  TRIPTYCH_PROVIDER: ['stripe'],
  TRIPTYCH_CERTIFICATE_ARN: [CERTIFICATE],
  TRIPTYCH_ALLOW_CIDR: ['203.0.113.7/32', '0.0.0.0/0'],
  TRIPTYCH_CDN: ['off'],
  TRIPTYCH_CLOUDFRONT_PREFIX_LIST: ['pl-0123456789abcdef0'],
  TRIPTYCH_OTLP_ENDPOINT: ['http://collector.internal:4318/otlp'],
  TRIPTYCH_S3_PUBLIC_ENDPOINT: ['http://127.0.0.1:4566'],
  TRIPTYCH_S3_PATH_STYLE: ['on'],
  TRIPTYCH_ALARM_EMAIL: ['on-call@example.com'],
  TRIPTYCH_MONTHLY_BUDGET: ['0', '50'],
  TRIPTYCH_FUNCTION_RELEASE: ['canary', 'linear'],
  TRIPTYCH_PROVISIONED_CONCURRENCY: ['1'],
  TRIPTYCH_POINT_IN_TIME_RECOVERY: ['off'],
  TRIPTYCH_DELETION_PROTECTION: ['on'],
  TRIPTYCH_TASK_CAPACITY: ['spot'],
  TRIPTYCH_TRACES: ['xray'],
  TRIPTYCH_FIREWALL: ['on'],
  TRIPTYCH_ENCRYPTION_KEY: ['own'],
  TRIPTYCH_CDN_PLAN: ['free', 'pro', 'business', 'premium'],
  TRIPTYCH_CONTAINERS: ['express'],
  TRIPTYCH_HTTP: ['web-functions'],
  TRIPTYCH_WEB_ACCESS: ['iam'],
  TRIPTYCH_WEB_MAX_ENVIRONMENTS: ['2', '10000'],
  TRIPTYCH_WEB_RATE_LIMIT: ['0', '10000'],
  TRIPTYCH_WEB_LARGE_PICTURES: ['redirect'],
  TRIPTYCH_WEB_NEW_SHARE: ['10'],
  TRIPTYCH_WEB_PREVIOUS_REVISIONS: ['auth=1a2b3c,catalog=4d5e6f'],
  TRIPTYCH_REGION: ['eu-central-1'],
  TRIPTYCH_ACCOUNT: ['123456789012'],
  TRIPTYCH_ZONES: ['us-east-1b,us-east-1d'],
};

/** The defaults, and each other value of each setting with what it needs, by a name such as `TRIPTYCH_CDN=off`. */
export const EVERY_SETTING: Readonly<Record<string, SettingValues>> = {
  'the defaults': {},
  ...Object.fromEntries(
    Object.entries(OTHER_VALUES).flatMap(([variable, values]) =>
      values.map((value) => [`${variable}=${value}`, { ...NEEDS[variable], [variable]: value }]),
    ),
  ),
};
