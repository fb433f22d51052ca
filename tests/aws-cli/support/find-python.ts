import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';

const run = promisify(execFile);

/** Where .ci/run installs the packages of requirements.txt. */
const ENVIRONMENT = join(repositoryRoot, 'dist/aws-cli');

/**
 * A Python that has the AWS CLI and boto3: the one in `TRIPTYCH_PYTHON`, in the environment
 * `dist/aws-cli`, or on the machine. Undefined if none has both.
 */
export async function findPython(): Promise<string | undefined> {
  const own = [join(ENVIRONMENT, 'bin/python'), join(ENVIRONMENT, 'Scripts/python.exe'), 'python3'];
  const { TRIPTYCH_PYTHON: chosen } = process.env;
  for (const python of chosen ? [chosen] : own) {
    try {
      await run(python, ['-c', 'import awscli, boto3']);
      return python;
    } catch {
      // It does not exist or lacks a package. The next one may have both.
    }
  }
  return undefined;
}
