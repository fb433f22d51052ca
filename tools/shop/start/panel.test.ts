import { stripVTControlCharacters } from 'node:util';
import { portsFrom } from '@triptych/base/variants';
import { expect, test } from 'vitest';
import { renderPanel } from './panel.ts';
import type { Shop } from './shop.ts';

const panel = (port: number, logFolder: string, http = 'event-functions') => {
  const shop = {
    variants: ['serverless'],
    http,
    baseUrl: { serverless: `http://127.0.0.1:${port + 2}` },
    cloud: { endpointUrl: `http://127.0.0.1:${port + 566}` },
  } as unknown as Shop;
  const ports = portsFrom(port);
  return stripVTControlCharacters(renderPanel({ shop, ports, token: 'secret', logFolder }));
};

test('quotes every URL that a shell would expand', () => {
  const expanded = /(?<!['"])http:\/\/[^\s'"]*[?*[\]&][^\s'"]*/;
  expect('curl http://127.0.0.1:4001/x?limit=3').toMatch(expanded);
  expect(panel(4000, '/logs')).not.toMatch(expanded);
  expect(panel(4000, '/logs')).toContain("curl 'http://127.0.0.1:4002/catalog/products?limit=3'");
});

test('names the log folder and the port of this shop', () => {
  expect(panel(9000, '/elsewhere/logs-9000')).toMatch(/logs +\S*elsewhere\/logs-9000\//);
  expect(panel(9000, '/logs')).toContain('npm run buy -- serverless --port 9000');
  expect(panel(4000, '/logs')).toMatch(/npm run buy -- serverless ·/);
});

test('says when Web Functions run the HTTP of serverless', () => {
  expect(panel(4000, '/logs')).not.toContain('Web Functions');
  expect(panel(4000, '/logs', 'web-functions')).toContain(
    'http://127.0.0.1:4002  (HTTP by Lambda Web Functions)',
  );
});
