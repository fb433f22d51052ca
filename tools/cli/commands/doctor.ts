import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { canRun, renderFindings } from '../doctor/finding.ts';
import { lookAtCores, lookAtDisk, lookAtMemory, lookAtNode } from '../doctor/look-at-machine.ts';
import {
  lookAtChromium,
  lookAtCredentials,
  lookAtDocker,
  lookAtInstallation,
  lookAtPorts,
} from '../doctor/look-at-tools.ts';

const USAGE = `npm run doctor

Reports what this machine can run and what to install for more. Exits with code 0 when \`npm start\` can run.`;

/** `npm run doctor`: prints one line per requirement. */
export async function doctor(args: string[]): Promise<void> {
  parseFlags(args, {}, USAGE);
  const findings = [
    lookAtNode(process.versions.node),
    await lookAtInstallation(repositoryRoot),
    lookAtMemory(),
    lookAtCores(),
    await lookAtDisk(repositoryRoot),
    await lookAtPorts(),
    ...(await lookAtDocker()),
    lookAtChromium(process.env),
    lookAtCredentials(process.env),
  ];
  console.log(renderFindings(findings));
  process.exitCode = canRun(findings) ? 0 : 1;
}
