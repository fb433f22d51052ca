import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { checkCores, checkDisk, checkMemory, checkNode } from './doctor/check-machine.ts';
import {
  checkChromium,
  checkCredentials,
  checkDocker,
  checkInstallation,
  checkPorts,
} from './doctor/check-tools.ts';
import { canRun, renderFindings } from './doctor/finding.ts';

const USAGE = `npm run doctor

Reports what this machine can run and what to install for more. Exits with code 0 when \`npm start\` can run.`;

/** `npm run doctor`: prints one line per requirement. */
export async function doctor(args: string[]): Promise<void> {
  parseFlags(args, {}, USAGE);
  const findings = [
    checkNode(process.versions.node),
    await checkInstallation(repositoryRoot),
    checkMemory(),
    checkCores(),
    await checkDisk(repositoryRoot),
    await checkPorts(),
    ...(await checkDocker()),
    checkChromium(process.env),
    checkCredentials(process.env),
  ];
  console.log(renderFindings(findings));
  process.exitCode = canRun(findings) ? 0 : 1;
}
