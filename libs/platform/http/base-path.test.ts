import { expect, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { shopApp, shopConfig } from '../testing/shop-app.ts';

async function locationOf(baseUrl: string, location: string) {
  captureLog('fatal');
  const config = { ...shopConfig(), BASE_URL: baseUrl };
  const plugin = async (app: Parameters<Parameters<typeof shopApp>[0]>[0]) => {
    app.post('/catalog/things', async (_request, reply) =>
      reply.code(201).header('location', location).send({}),
    );
  };
  const app = await shopApp(plugin, { config });
  const answer = await app.inject({ method: 'POST', url: '/catalog/things' });
  await app.close();
  return answer.headers.location;
}

it('a base URL without a path leaves Location unchanged', async () => {
  expect(await locationOf('https://shop.example', '/catalog/things/1')).toBe('/catalog/things/1');
});

it('the path of the base URL is prepended to Location', async () => {
  const baseUrl = 'https://abc.execute-api.eu-central-1.amazonaws.com/live';
  expect(await locationOf(baseUrl, '/catalog/things/1')).toBe('/live/catalog/things/1');
});

it('a Location on another host is unchanged', async () => {
  const signed = 'https://bucket.example/images/1?signature=x';
  expect(await locationOf('https://shop.example/live', signed)).toBe(signed);
  const sameScheme = '//bucket.example/images/1';
  expect(await locationOf('https://shop.example/live', sameScheme)).toBe(sameScheme);
});
