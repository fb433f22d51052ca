import { totalmem } from 'node:os';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { isPortTaken } from '@triptych/local-cloud/free-port';
import { composeArgs, type Docker } from '../compose.ts';
import { type ComposeProject, readProject, servicesOf } from '../project.ts';
import { containersFrom, halfFinished } from './earlier-start.ts';
import { assertEngine, type Engine } from './engine.ts';
import { assertImages, neededImages } from './images.ts';
import { freeHere, memoryFault, memoryWarning } from './memory.ts';
import { type Holder, portFault, wantedPorts } from './ports.ts';

/** The result of the checks. */
export interface Checked {
  readonly engine: Engine;
  readonly project: ComposeProject;
  /** The services to start. */
  readonly services: readonly string[];
  /** Why the containers of an earlier start cannot be reused; undefined if they can or there are none. */
  readonly unfinished: string | undefined;
  /** Problems that do not prevent the start. */
  readonly warnings: readonly string[];
}

/**
 * Checks everything that would make a start fail later, most basic cause first, and pulls missing images.
 * @param pulling called with each image before it is pulled
 * @throws UserError with one line that says what is wrong and how to fix it
 */
export async function checkDocker(
  options: { variants: readonly Variant[]; observability: boolean; shopWith: Holder },
  ask: Docker,
  pulling: (image: string) => void,
): Promise<Checked> {
  const { variants, observability, shopWith } = options;
  const engine = await assertEngine(ask);
  const free = freeHere(engine.memoryBytes, totalmem());
  const memory = { total: engine.memoryBytes, ...(free === undefined ? {} : { free }) };
  const tooLittle = memoryFault(memory, variants.length);
  if (tooLittle) throw new UserError(tooLittle);
  const project = await readProject(ask, observability);
  const taken = await portFault(wantedPorts(project), project.name, ask, {
    isTaken: isPortTaken,
    shopWith,
  });
  if (taken) throw new UserError(taken);
  await assertImages(neededImages(project), ask, pulling);
  const services = servicesOf(project, variants);
  const listed = await ask(composeArgs(undefined, 'ps', '--all', '--format', 'json'));
  const unfinished = halfFinished(containersFrom(listed.stdout), services);
  const warning = memoryWarning(memory, variants.length);
  return { engine, project, services, unfinished, warnings: warning ? [warning] : [] };
}
