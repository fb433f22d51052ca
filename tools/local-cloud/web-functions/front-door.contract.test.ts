import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../index.ts';
import { role } from '../testing/permission-resources.ts';
import { frontDoor } from './testing/front-door.ts';
import { SERVER, seenBy } from './testing/shown-requests.ts';

const template = {
  Resources: {
    ...role('Role', [{ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }]),
    ...frontDoor(),
  },
  Outputs: {
    Cdn: { Value: { 'Fn::GetAtt': ['Cdn', 'DomainName'] } },
    Closed: { Value: { 'Fn::GetAtt': ['Closed', 'DomainName'] } },
  },
};

let root: string;
let cloud: LocalCloud;
const lines: string[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'front-door-'));
  await mkdir(join(root, 'app'));
  await writeFile(join(root, 'app/index.js'), SERVER);
  await writeFile(join(root, 'app/package.json'), '{"type":"module"}');
  await writeFile(join(root, 'shop.json'), JSON.stringify(template));
  const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.json' } };
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts: { shop: artifact } }));
  cloud = await startLocalCloud({ root, log: ({ text }) => void lines.push(text) });
  await cloud.deploy(root);
});
afterAll(async () => {
  await cloud.stop();
  await rm(root, { recursive: true });
});

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://${cloud.outputs('shop').Cdn}${path}`, { headers });
const post = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://${cloud.outputs('shop').Cdn}${path}`, { method: 'POST', body: 'text', headers });

describe('a distribution in front of web functions', () => {
  it('sends the secret header, its own Host and the address of the viewer second from the right', async () => {
    const given = {
      'x-edge': 'guessed',
      'x-forwarded-for': '192.0.2.1',
      authorization: 'Bearer t',
    };
    const { headers } = await seenBy(ask('/open/a', given));
    expect(headers).toMatchObject({
      'x-edge': 'long and random',
      'x-forwarded-for': '192.0.2.1, 127.0.0.1, 127.0.0.1',
      authorization: 'Bearer t',
    });
    expect(headers.host).not.toBe(cloud.outputs('shop').Cdn);
  });

  it('reaches a closed endpoint with its signature, which leaves Authorization to the viewer', async () => {
    const answer = await ask('/closed/a', { authorization: 'Bearer t' });
    expect(answer.status).toBe(200);
    expect((await seenBy(answer)).headers.authorization).toBe('Bearer t');
    expect((await fetch(`http://${cloud.outputs('shop').Closed}/closed/a`)).status).toBe(403);
  });

  it('loses Authorization of a GET where it is not in the cache key', async () => {
    const sent = { authorization: 'Bearer t' };
    expect((await seenBy(ask('/uncached/a', sent))).headers).not.toHaveProperty('authorization');
    const hash = createHash('sha256').update('text').digest('hex');
    const answer = await post('/uncached/a', { ...sent, 'x-amz-content-sha256': hash });
    expect((await seenBy(answer)).headers.authorization).toBe('Bearer t');
  });

  it('needs the hash of a body from the viewer', async () => {
    expect((await post('/closed/a')).status).toBe(403);
    expect((await post('/closed/a', { 'x-amz-content-sha256': 'other' })).status).toBe(403);
  });

  it('does not reach an endpoint whose policy does not admit it, or that it signs in the old way', async () => {
    expect((await ask('/unadmitted/a')).status).toBe(403);
    expect((await ask('/always/a')).status).toBe(403);
  });

  it('has a statement for its calls among the grants', () => {
    const used = cloud.grants().find(({ policy }) => policy === 'Policy');
    expect(used?.allowed).toEqual({ 'lambda:InvokeWebFunctionEndpoint': expect.any(Number) });
  });

  it('answers 502 while the server is killed amid a request, and serves the next one', async () => {
    const held = ask('/hold');
    await expect.poll(() => lines).toContain('holding 1');
    expect(cloud.kill('shop', 'Function')).toBeGreaterThan(0);
    expect((await held).status).toBe(502);
    expect((await ask('/open/a')).status).toBe(200);
  });
});
