import { repositoryRoot } from '@triptych/base/repository-root';
import { listRunning } from '../control/running.ts';

/** The shop of `npm start` that uses a port, and how to stop it; undefined when there is none. */
export async function shopOfNpmStart(port: number) {
  const shops = await listRunning(repositoryRoot);
  const shop = shops.find(({ endpointUrl, controlUrl, variants: urls }) =>
    [endpointUrl, controlUrl, ...Object.values(urls)].some(
      (url) => new URL(url).port === String(port),
    ),
  );
  return (
    shop && { name: `the shop of npm start (process ${shop.pid})`, stop: 'stop it with Ctrl-C' }
  );
}
