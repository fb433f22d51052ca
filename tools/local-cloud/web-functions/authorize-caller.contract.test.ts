import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud } from '../lambda/testing/compute-cloud.ts';
import { TEST_CREDENTIALS } from '../testing/test-kernel.ts';
import { createWebFunctions, type LocalWebFunctions } from './index.ts';
import { NOT_DOCUMENTED } from './not-documented.ts';
import { seenBy, webFunction } from './testing/shown-requests.ts';

const PATH = '/a%20b/c?q=1%2C2&q=0';
let cloud: ComputeCloud;
let web: LocalWebFunctions;
let domain: string;
beforeAll(async () => {
  cloud = computeCloud();
  web = createWebFunctions(cloud.kernel);
  cloud.add(web.providers);
  domain = await webFunction(cloud, 'shop', { endpoint: { AuthType: 'IamAuth' } });
});
afterAll(async () => {
  await web.stop();
  await cloud.stop();
});

const hashOf = (body: string) => createHash('sha256').update(body).digest('hex');

type Sent = NonNullable<RequestInit['headers']>;

interface Signing {
  readonly hash?: string;
  readonly body?: string;
  readonly secretAccessKey?: string;
  readonly service?: string;
  readonly at?: Date;
}

/** The headers of a request that an independent library signs. */
async function signed({ hash, body = '', at = new Date(), ...others }: Signing = {}) {
  const datetime = at.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const signer = new AwsV4Signer({
    ...{ ...TEST_CREDENTIALS, service: 'lambda', region: 'us-east-1', datetime, ...others },
    ...{ url: `http://${domain}${PATH}`, method: 'POST', body },
    headers: { 'x-amz-content-sha256': hash ?? hashOf(body) },
  });
  const { headers } = await signer.sign();
  return headers;
}

const post = (headers: Sent, body = '') =>
  fetch(`http://${domain}${PATH}`, { method: 'POST', headers, body });

describe('an endpoint with IamAuth', () => {
  it('serves a signed request, and removes the signature', async () => {
    const answer = await post(await signed({ body: 'text' }), 'text');
    expect(answer.status).toBe(200);
    const seen = await seenBy(answer);
    expect(seen).toMatchObject({ url: PATH, body: 'text' });
    expect(seen.headers).not.toHaveProperty('authorization');
  });

  it.each<[string, () => Promise<Sent>, string]>([
    ['no signature', async () => ({}), ''],
    ['the hash only', async () => ({ 'x-amz-content-sha256': hashOf('') }), ''],
    ['another body than the signed one', () => signed({ body: 'a' }), 'b'],
    ['UNSIGNED-PAYLOAD', () => signed({ hash: 'UNSIGNED-PAYLOAD' }), ''],
    ['the signature of another key', () => signed({ secretAccessKey: 'other' }), ''],
    ['a signature for another service', () => signed({ service: 's3' }), ''],
    ['a signature of an hour ago', () => signed({ at: new Date(Date.now() - 3_600_000) }), ''],
    [
      'a header of AWS that the signature does not cover',
      async () => [...(await signed()), ['x-amz-meta-a', '1']],
      '',
    ],
  ])('rejects a request with %s', async (_, headers, body) => {
    const answer = await post(await headers(), body);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('lambda-web-error-type')).toBe(NOT_DOCUMENTED.forbiddenErrorType);
  });

  it('rejects a signed request without the header of the hash', async () => {
    const headers = await signed();
    headers.delete('x-amz-content-sha256');
    expect((await post(headers)).status).toBe(403);
  });
});
