import type { Variant } from '@triptych/base/variants';
import type { ComposeAddresses } from '@triptych/docker/addresses';
import { DEMO_ADMIN, DEMO_CUSTOMER } from '../start/demo-accounts.ts';

const projectFlag = (project: string) =>
  project === 'triptych' ? '' : ` --project-name ${project}`;

/** The command that shows the logs of all containers. */
export const logsCommand = (project: string) => `docker compose${projectFlag(project)} logs`;

/** The rows of the closing panel: addresses, accounts and the next commands. */
export function panelRows(options: {
  variants: readonly Variant[];
  at: ComposeAddresses;
  /** Name of the compose project. */
  project: string;
  /** Address of Grafana, when it runs. */
  grafanaUrl?: string;
  /** The command returns instead of waiting for Ctrl-C. */
  detached: boolean;
}): [string, string][] {
  const { variants, at, project, grafanaUrl, detached } = options;
  const other = projectFlag(project);
  const compose = `docker compose${other}`;
  const [first = 'serverless'] = variants;
  const conform = `env $(npm run --silent settings -- --target docker ${first}${other.replace('-name', '')}) npm run conform`;
  return [
    ...variants.map((name): [string, string] => [name, at.baseUrl[name]]),
    ['customer', `${DEMO_CUSTOMER.email} / ${DEMO_CUSTOMER.password}`],
    ['admin', `${DEMO_ADMIN.email} / ${DEMO_ADMIN.password}`],
    [
      'AWS endpoint',
      `AWS_ENDPOINT_URL=${at.endpointUrl}  (LocalStack; region us-east-1, keys test/test)`,
    ],
    ...(grafanaUrl ? [['Grafana', grafanaUrl] as [string, string]] : []),
    ['logs', `${logsCommand(project)} --follow`],
    ['try', `curl '${at.baseUrl[first]}/catalog/products?limit=3'`],
    ['conformance', conform],
    [
      'stop',
      `${detached ? `${compose} down` : 'Ctrl-C'}  (images and caches stay; ${compose} down -v also removes the caches)`,
    ],
  ];
}
