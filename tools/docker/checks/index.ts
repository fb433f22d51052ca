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

/** What a start finds. */
export interface Checked {
  readonly engine: Engine;
  readonly project: ComposeProject;
  /** Services to run. */
  readonly services: readonly string[];
  /** What an earlier start left half-finished, in words. */
  readonly unfinished: string | undefined;
  /** Things to know that stop nothing. */
  readonly warnings: readonly string[];
}

/**
 * Looks at everything that would make a start fail later, the nearest cause first, and pulls images that are missing.
 * @param pulling told of each image before it is pulled
 * @throws UserError with one line that says what is wrong and how to mend it
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
