import { displayPath } from '@triptych/base/display-path';
import { loopbackUrl, type Ports, type Variant } from '@triptych/base/variants';
import colors from 'picocolors';
import { portFlag } from '../control/running.ts';
import { DEMO_ADMIN, DEMO_CUSTOMER } from './demo-accounts.ts';
import type { Shop } from './shop.ts';

/** The closing panel: addresses, accounts and the next commands. */
export function renderPanel(options: {
  shop: Shop;
  ports: Ports;
  token: string;
  logFolder: string;
}): string {
  const { shop, ports, token, logFolder } = options;
  const flag = portFlag(ports.control);
  const rows: [string, string][] = [
    ...shop.variants.map((name): [string, string] => [
      name,
      `${shop.baseUrl[name]}${howOf(shop, name)}`,
    ]),
    ['customer', `${DEMO_CUSTOMER.email} / ${DEMO_CUSTOMER.password}`],
    ['admin', `${DEMO_ADMIN.email} / ${DEMO_ADMIN.password}`],
    [
      'AWS endpoint',
      `AWS_ENDPOINT_URL=${shop.cloud.endpointUrl}  (region us-east-1, keys test/test)`,
    ],
    ['control API', `${loopbackUrl(ports.control)}/control/status  (token ${token})`],
    ['logs', `${displayPath(logFolder)}/  (one file per stack)`],
    ['try', `curl '${shop.baseUrl[shop.variants[0] ?? 'serverless']}/catalog/products?limit=3'`],
    [
      'next',
      `npm run buy -- ${shop.variants[0]}${flag} · npm run logs -- --follow${flag} · npm run break -- --help   (in another terminal)`,
    ],
    ['stop', 'Ctrl-C'],
  ];
  return renderRows(rows);
}

/** What an address does not show: how serverless runs its HTTP, unless as usual. */
const howOf = ({ http }: Shop, variant: Variant) =>
  variant === 'serverless' && http === 'web-functions' ? '  (HTTP by Lambda Web Functions)' : '';

/** Rows of a label and a text, between two horizontal rules. */
export function renderRows(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([label, text]) => `  ${colors.bold(label.padEnd(14))} ${text}`);
  const width = Math.max(...rows.map(([, text]) => text.length)) + 19;
  const rule = colors.dim('─'.repeat(Math.min(width, 100)));
  return ['', rule, ...lines, rule].join('\n');
}
