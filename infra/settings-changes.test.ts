import { VARIANTS, type Variant } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';
import { exceededQuotas } from './checks/quotas/check-quotas.ts';
import { OTHER_VALUES } from './testing/every-setting.ts';
import { synthesize } from './testing/templates.ts';
import {
  importsOf,
  lostExports,
  type NewStack,
  recordsOf,
  type UpdateStep,
  updateOrder,
} from './update-order.ts';

type Values = Readonly<Record<string, string>>;

const PROVIDER = 'TRIPTYCH_PROVIDER';

const DOMAIN = {
  TRIPTYCH_DOMAIN: 'shop.example.com',
  TRIPTYCH_HOSTED_ZONE: 'Z0123456789ABCDEFGHIJ',
};

const CERTIFICATE_OF_CLOUDFRONT = 'arn:aws:acm:us-east-1:123456789012:certificate/0f3c7a9e';

/** With every limit and the rollout. */
const WEB = {
  TRIPTYCH_HTTP: 'web-functions',
  TRIPTYCH_WEB_MAX_ENVIRONMENTS: '2',
  TRIPTYCH_WEB_RATE_LIMIT: '0',
  TRIPTYCH_WEB_LARGE_PICTURES: 'redirect',
  TRIPTYCH_WEB_NEW_SHARE: '10',
  TRIPTYCH_WEB_PREVIOUS_REVISIONS: 'auth=1a2b3c',
};

/** Settings of which every combination is deployed and then changed to every other one. */
const COMBINED: Readonly<Record<Variant, readonly Values[]>> = {
  microservices: [
    { TRIPTYCH_BASE_URL_MICROSERVICES: 'https://shop.example' },
    {
      TRIPTYCH_BASE_URL_MICROSERVICES: 'https://shop.example',
      TRIPTYCH_CERTIFICATE_ARN: 'arn:aws:acm:eu-central-1:123456789012:certificate/0f3c7a9e',
    },
    DOMAIN,
  ],
  serverless: [
    DOMAIN,
    { TRIPTYCH_FRONT: 'rest-api', ...DOMAIN },
    { TRIPTYCH_BASE_URL_SERVERLESS: 'https://shop.example' },
    { TRIPTYCH_FRONT: 'rest-api' },
    { TRIPTYCH_FRONT: 'rest-api', TRIPTYCH_BASE_URL_SERVERLESS: 'https://shop.example/live' },
    WEB,
    { ...WEB, ...DOMAIN, TRIPTYCH_CERTIFICATE_ARN: CERTIFICATE_OF_CLOUDFRONT },
    { ...WEB, TRIPTYCH_BASE_URL_SERVERLESS: 'https://shop.example', TRIPTYCH_WEB_ACCESS: 'iam' },
  ],
  hybrid: [
    { ...DOMAIN, TRIPTYCH_CERTIFICATE_ARN: CERTIFICATE_OF_CLOUDFRONT },
    { TRIPTYCH_BASE_URL_HYBRID: 'https://shop.example' },
    { TRIPTYCH_BASE_URL_HYBRID: 'https://shop.example', TRIPTYCH_CDN: 'off' },
  ],
};

/** Settings that do not change a running deployment: they choose another one. */
const OF_ANOTHER_DEPLOYMENT = [
  'TRIPTYCH_VARIANTS',
  'TRIPTYCH_STAGE',
  'TRIPTYCH_REGION',
  'TRIPTYCH_ACCOUNT',
  // A load balancer cannot move to other subnets while the network replaces them.
  'TRIPTYCH_ZONES',
  // The dashboard and the services would wait for each other. See ADR 22.
  'TRIPTYCH_CONTAINERS',
  // Going back would lose what was written under the key.
  'TRIPTYCH_ENCRYPTION_KEY',
];
/** The firewall and what it needs. */
const FIREWALL: Readonly<Record<Variant, Values>> = {
  microservices: { TRIPTYCH_FIREWALL: 'on' },
  serverless: { TRIPTYCH_FIREWALL: 'on', TRIPTYCH_FRONT: 'rest-api' },
  hybrid: {
    TRIPTYCH_FIREWALL: 'on',
    TRIPTYCH_REGION: 'us-east-1',
    TRIPTYCH_ZONES: 'us-east-1b,us-east-1d',
  },
};
const COMBINED_NAMES = [...Object.values(COMBINED).flat(), ...Object.values(FIREWALL)].flatMap(
  Object.keys,
);

/** All other settings, set together. None has an effect on exports. */
const PLAIN: Values = Object.fromEntries(
  Object.entries(OTHER_VALUES)
    .filter(([name]) => ![...OF_ANOTHER_DEPLOYMENT, ...COMBINED_NAMES, PROVIDER].includes(name))
    .map(([name, values]) => [name, values.at(-1) ?? '']),
);

interface Made {
  readonly exceeded: readonly string[];
  readonly settings: Values;
  readonly stacks: readonly NewStack[];
}

async function make(variant: Variant, settings: Values): Promise<Made> {
  const made = await synthesize({ ...settings, TRIPTYCH_VARIANTS: variant });
  const stacks = made.stacks.map(({ stackName: name, dependencies }) => ({
    name,
    template: made.templates[name] ?? {},
    dependencies: dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
  }));
  return { settings, stacks, exceeded: exceededQuotas(made.checked) };
}

/**
 * Carries out an update as CloudFormation does: it rejects the removal of an export that another stack imports, and the
 * import of what no stack exports. Returns the rejections.
 */
function rejections(from: Made, to: Made, steps: readonly UpdateStep[]): string[] {
  const account = new Map(from.stacks.map(({ name, template }) => [name, template]));
  const after = new Map(to.stacks.map(({ name, template }) => [name, template]));
  const found: string[] = [];
  for (const { action, stack } of steps) {
    const others = [...account].filter(([name]) => name !== stack);
    const next = action === 'deploy' ? after.get(stack) : undefined;
    const lost = new Set(lostExports(account.get(stack) ?? {}, next));
    for (const [name, template] of others) {
      const used = [...importsOf(template).intersection(lost)];
      if (used.length > 0) found.push(`${stack} loses ${used}, which ${name} imports`);
    }
    for (const [name, template] of account.has(stack) ? [] : others) {
      const taken = [...recordsOf(next ?? {}).intersection(recordsOf(template))];
      if (taken.length > 0) found.push(`${stack} creates ${taken}, which ${name} has`);
    }
    found.push(
      ...changedTypes(account.get(stack), next).map((id) => `${stack} changes the type of ${id}`),
    );
    if (next === undefined) account.delete(stack);
    else account.set(stack, next);
  }
  const same = [...account].sort().map(([name]) => name);
  expect(same, 'the update ends with the new stacks').toEqual([...after.keys()].sort());
  return found;
}

/** Resources that keep their logical ID and change their type, which CloudFormation rejects too. */
function changedTypes(from: NewStack['template'] = {}, to: NewStack['template'] = {}): string[] {
  const typesOf = ({ Resources = {} }: NewStack['template']) =>
    new Map(
      Object.entries(Resources).map(([id, one]: [string, { readonly Type?: string }]) => [
        id,
        one.Type,
      ]),
    );
  const before = typesOf(from);
  return [...typesOf(to)]
    .filter(([id, type]) => before.has(id) && before.get(id) !== type)
    .map(([id]) => id);
}

const described = ({ settings }: Made) =>
  Object.entries(settings)
    .map(([name, value]) => `${name.replace('TRIPTYCH_', '')}=${value}`)
    .join(' ') || 'defaults';

it('the order of a first deployment would be rejected, so the order of the steps matters', async () => {
  const url = { TRIPTYCH_BASE_URL_HYBRID: 'https://shop.example' };
  const [from, to] = await Promise.all([
    make('hybrid', {}),
    make('hybrid', { ...url, TRIPTYCH_CDN: 'off' }),
  ]);
  const first = updateOrder(new Map(), to.stacks);
  expect(rejections(from, to, first)).not.toEqual([]);
});

describe.each(VARIANTS)('a running deployment of %s', async (variant) => {
  const providers: Values[] = [{}, { [PROVIDER]: 'stripe' }];
  const combined = [{}, ...COMBINED[variant]].flatMap((one) =>
    providers.map((provider) => ({ ...one, ...provider })),
  );
  const plain = { ...PLAIN, ...FIREWALL[variant] };
  const all = await Promise.all([...combined, plain].map((settings) => make(variant, settings)));
  const changes = all
    .flatMap((from) => all.map((to) => ({ from, to })))
    .filter(({ from, to }) => from !== to);
  const httpOf = ({ settings }: Made) => settings.TRIPTYCH_HTTP;
  const pairs = changes.filter(({ from, to }) => httpOf(from) === httpOf(to));
  const ofHttp = changes.filter(({ from, to }) => httpOf(from) !== httpOf(to));

  it.each(all.map((made) => [described(made), made] as const))(
    'keeps the quotas of AWS with %s',
    (_, { exceeded }) => expect(exceeded).toEqual([]),
  );

  it.each(pairs.map(({ from, to }) => [described(from), described(to), from, to] as const))(
    'changes from %s to %s',
    (_, __, from, to) => {
      const deployed = new Map(from.stacks.map(({ name, template }) => [name, template]));
      const steps = updateOrder(deployed, to.stacks);
      expect(rejections(from, to, steps)).toEqual([]);
    },
  );

  // The dashboard shows what the services lose, and what they get. So it waits for them, and they for it.
  it
    .runIf(ofHttp.length > 0)
    .each(ofHttp.map(({ from, to }) => [described(from), described(to), from, to] as const))(
    'changes from %s to %s without its dashboard',
    (_, __, from, to) => {
      const all = new Map(from.stacks.map(({ name, template }) => [name, template]));
      expect(() => updateOrder(all, to.stacks)).toThrow('operations');
      const stacks = from.stacks.filter(({ name }) => !name.endsWith('-operations'));
      const deployed = new Map(stacks.map(({ name, template }) => [name, template]));
      const steps = updateOrder(deployed, to.stacks);
      expect(rejections({ ...from, stacks }, to, steps)).toEqual([]);
    },
  );
});
