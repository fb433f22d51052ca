import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud, eventually } from '../lambda/testing/compute-cloud.ts';
import { createWebFunctions, type LocalWebFunctions } from './index.ts';
import { NOT_DOCUMENTED } from './not-documented.ts';
import { BUILD, SERVER, seenBy, serviceWith, webFunction } from './testing/shown-requests.ts';

let cloud: ComputeCloud;
let web: LocalWebFunctions;
beforeEach(() => {
  cloud = computeCloud();
  web = createWebFunctions(cloud.kernel);
  cloud.add(web.providers);
});
afterEach(async () => {
  await web.stop();
  await cloud.stop();
});

const held = (count: number) => () => cloud.logs.some(({ text }) => text === `holding ${count}`);

describe('an endpoint', () => {
  it('lets requests wait for the next free place when the machine allows no more environments', async () => {
    cloud.kernel.sandboxes.maxSandboxes = 1;
    const domain = await webFunction(cloud, 'shop', {
      service: serviceWith({ MaxConcurrencyPerEnvironment: 2 }),
    });
    const first = fetch(`http://${domain}/hold`);
    await eventually(held(1));
    const second = fetch(`http://${domain}/hold`);
    await eventually(held(2));
    // Both places are taken. The third request gets one once the server is killed and started again.
    const third = fetch(`http://${domain}/release`);
    web.kill('shop');
    const statuses = await Promise.all([first, second, third]);
    expect(statuses.map(({ status }) => status)).toEqual([502, 502, 200]);
  });

  it('starts the next environment before the last place is taken', async () => {
    const share = NOT_DOCUMENTED.scaleOutShare;
    expect(share).toBeLessThan(1);
    const places = 10;
    const domain = await webFunction(cloud, 'shop', {
      service: serviceWith({ MaxConcurrencyPerEnvironment: places }),
    });
    await fetch(`http://${domain}/`);
    const requests: Promise<Response>[] = [];
    for (let count = 1; count < places * share; count += 1) {
      requests.push(fetch(`http://${domain}/hold`));
      await eventually(held(count));
    }
    expect(web.processes()).toMatchObject([{ kind: 'web function' }]);
    requests.push(fetch(`http://${domain}/hold`));
    await eventually(() => web.processes().length === 2);
    web.kill('shop');
    await Promise.all(requests);
  });

  it('divides its requests between two revisions by their weights', async () => {
    const [first, second] = await Promise.all(['a', 'b'].map((text) => revision(text)));
    const endpoint = {
      RevisionWeights: [
        { RevisionId: first, Weight: 25 },
        { RevisionId: second, Weight: 75 },
      ],
    };
    // The random numbers of a test kernel are always 0.25: the first number of the second revision.
    const made = await cloud.create('AWS::Lambda::WebFunctionEndpoint', 'Canary', {
      ...{ FunctionName: 'shop', EndpointName: 'canary', EndpointType: 'HomeRegion' },
      ...{ AuthType: 'ApplicationManaged', ...endpoint },
    });
    const seen = await seenBy(fetch(`http://${made.attributes?.DomainName}/`));
    expect(seen.environment.OWN).toBe('b');
  });

  async function revision(OWN: string): Promise<unknown> {
    if (OWN === 'a') {
      await cloud.create('AWS::Lambda::WebFunction', 'Function', { FunctionName: 'shop' });
    }
    const artifact = cloud.artifact('dist/shop', { 'index.mjs': SERVER });
    const properties = {
      ...{ FunctionName: 'shop', BuildConfig: BUILD },
      ServiceConfig: {
        ExecutionRoleArn: 'arn:aws:iam::000000000000:role/test',
        EnvironmentVariables: { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs', OWN },
      },
    };
    const made = await cloud.create(
      'AWS::Lambda::WebFunctionRevision',
      `Revision${OWN}`,
      properties,
      artifact,
    );
    return made.attributes?.RevisionId;
  }

  it('rejects too many header lines, and drops a connection with too many bytes of headers', async () => {
    const domain = await webFunction(cloud, 'shop');
    const lines = Object.fromEntries(Array.from({ length: 6300 }, (_, n) => [`h${n}`, 'v']));
    const many = await rawRequest(`http://${domain}`, '/', { headers: lines });
    expect([many.status, many.headers['lambda-web-error-type']]).toEqual([
      431,
      NOT_DOCUMENTED.requestErrorType,
    ]);
    const large = { a: 'x'.repeat(NOT_DOCUMENTED.maxHeaderBytes) };
    await expect(rawRequest(`http://${domain}`, '/', { headers: large })).rejects.toThrow();
    expect(web.processes()).toEqual([]);
  });

  it('writes the start and the stop of an environment into the log group of the function', async () => {
    const domain = await webFunction(cloud, 'shop');
    await fetch(`http://${domain}/`);
    await web.stop();
    const events = cloud.logs.filter(({ text }) => text.includes('"type":"platform.'));
    expect(events.map(({ text }) => JSON.parse(text).type)).toEqual([
      'platform.initStart',
      'platform.initReport',
      'platform.spinDownStart',
    ]);
    expect(events.map(({ group }) => group)).toEqual(Array(3).fill('/aws/lambda/web/shop'));
  });
});
