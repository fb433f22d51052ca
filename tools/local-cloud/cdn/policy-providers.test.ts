import { describe, expect, it } from 'vitest';
import { testKernel } from '../testing/test-kernel.ts';
import { policyProviders } from './policy-providers.ts';
import { createRegistries } from './registries.ts';

const registries = createRegistries();

function create(type: string, properties: Record<string, unknown>) {
  const provider = policyProviders(registries).find(
    (one) => one.type === `AWS::CloudFront::${type}`,
  );
  if (!provider) throw new Error(`There is no provider for ${type}`);
  return provider.create({
    ...{ stack: 'shop', logicalId: type, properties, metadata: {}, kernel: testKernel() },
  });
}

describe('a cache policy', () => {
  const policy = (MaxTTL: number, key: object) =>
    create('CachePolicy', {
      CachePolicyConfig: { Name: 'p', MaxTTL, ParametersInCacheKeyAndForwardedToOrigin: key },
    });
  const whitelist = { HeaderBehavior: 'whitelist', Headers: ['Authorization'] };

  it.each([
    [{ HeadersConfig: whitelist }, 'HeaderBehavior'],
    [{ QueryStringsConfig: { QueryStringBehavior: 'all' } }, 'QueryStringBehavior'],
    [{ CookiesConfig: { CookieBehavior: 'all' } }, 'CookieBehavior'],
    [{ EnableAcceptEncodingGzip: true }, 'EnableAcceptEncodingGzip'],
  ])('without caching cannot have %j', async (key, name) => {
    await expect(policy(0, key)).rejects.toThrow(`The parameter ${name} is invalid`);
    await policy(1, key);
  });

  it('without caching may have an empty key', async () => {
    const none = { HeadersConfig: { HeaderBehavior: 'none' }, EnableAcceptEncodingGzip: false };
    await policy(0, none);
  });
});

describe('an origin access control', () => {
  const control = (SigningBehavior: string, SigningProtocol = 'sigv4') =>
    create('OriginAccessControl', {
      OriginAccessControlConfig: { Name: 'o', SigningBehavior, SigningProtocol },
    });

  it.each(['always', 'always-amz-auth', 'never'])('may sign %s', async (behaviour) => {
    const { physicalId } = await control(behaviour);
    const expected = behaviour === 'never' ? {} : { behaviour };
    expect(registries.accessControls.get(physicalId)).toEqual(expected);
  });

  it('is rejected by name when it signs in another way', async () => {
    await expect(control('no-override')).rejects.toThrow('signs sigv4 no-override');
    await expect(control('always', 'sigv4a')).rejects.toThrow('signs sigv4a always');
  });
});
