import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { CONTEXT_NAMES, type Coordination } from '@triptych/context-map';
import { type Journey, prepareJourney } from '../../../workloads/index.ts';
import { findPorts, type StartedTarget, startTarget } from '../../local-targets.ts';
import { type ProviderControl, providerControl } from '../faults/provider-control.ts';

const LOG_FOLDER = '.triptych/compare-logs';
/** An order needs a product. More would only take time to seed. */
const PRODUCTS = 3;
/** The load is one order at a time, so more sandboxes of a function would only be cold starts. */
const MAX_SANDBOXES = 2;
const VARIANT = 'serverless';

/** The apps that a deployment amid orders changes. */
const CHANGED = ['checkout'];

/** Serverless with one way to coordinate a checkout, in its own local cloud. */
export interface Contender {
  readonly name: Coordination;
  readonly target: StartedTarget;
  readonly endpointUrl: string;
  readonly journey: Journey;
  readonly provider: ProviderControl;
  /**
   * Replaces text in the artifact of an app, as a build of changed code would. The artifacts in `dist` stay as they are.
   * @throws Error when the artifact does not contain the text
   */
  change(app: string, from: string, to: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a contender. @throws Error as `startTarget` does, after stopping what had started */
export async function startContender(
  name: Coordination,
  say: (what: string) => void,
): Promise<Contender> {
  const root = await copyArtifacts();
  const removed = () => rm(root, { recursive: true, force: true });
  let target: StartedTarget | undefined;
  try {
    target = await startTarget({
      kind: { name: VARIANT, variant: VARIANT },
      ...{ variants: [VARIANT], ports: await findPorts(), products: PRODUCTS },
      ...{
        logFolder: join(repositoryRoot, LOG_FOLDER, name),
        say,
        checkout: name,
        artifactRoot: root,
      },
      maxSandboxes: MAX_SANDBOXES,
    });
    const { baseUrl, admin, local } = target;
    const { endpointUrl } = local.shop.cloud;
    const provider = await providerControl(VARIANT, endpointUrl);
    if (!provider) throw new Error('the payment provider is not the simulator');
    const journey = await prepareJourney({ baseUrl, admin, accounts: 1 });
    return {
      ...{ name, target, endpointUrl, journey, provider },
      async change(app, from, to) {
        const file = join(root, 'dist/apps', VARIANT, app, 'index.mjs');
        const text = await readFile(file, 'utf8');
        if (!text.includes(from)) throw new Error(`the artifact of ${app} has no ${from}`);
        await writeFile(file, text.replaceAll(from, to));
      },
      async stop() {
        journey.close();
        await local.shop.stop();
        await removed();
      },
    };
  } catch (error) {
    await target?.local.shop.stop();
    await removed();
    throw error;
  }
}

/** A folder whose artifacts can be changed: the apps that a contender changes are copies, the others are links. */
async function copyArtifacts(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'triptych-coordination-'));
  const apps = join(root, 'dist/apps', VARIANT);
  const built = join(repositoryRoot, 'dist/apps');
  await mkdir(apps, { recursive: true });
  await symlink(join(built, 'payment-simulator'), join(root, 'dist/apps/payment-simulator'));
  for (const app of new Set([...CONTEXT_NAMES, ...CHANGED])) {
    const [from, to] = [join(built, VARIANT, app), join(apps, app)];
    if (CHANGED.includes(app)) await cp(from, to, { recursive: true });
    else await symlink(from, to);
  }
  return root;
}
