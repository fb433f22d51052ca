import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';

const run = promisify(execFile);

/** Programs from PyPI. Each has its own environment, because they need different versions of botocore. */
export const PYTHON_TOOLS = ['linters', 'moto', 'ministack'] as const;
export type PythonTool = (typeof PYTHON_TOOLS)[number];

/** Checkov alone installs some eighty packages. */
const INSTALL_TIMEOUT_MS = 8 * 60_000;

/** Exits with 0 if each argument, such as `moto[server]==5.2.5`, is installed in this version. */
const CHECK = `
import re, sys
from importlib.metadata import version
for requirement in sys.argv[1:]:
    name, wanted = re.sub(r'\\[.*\\]', '', requirement).split('==')
    assert version(name) == wanted
`;

/** The Python of a tool's environment. Undefined if it does not exist or lacks a required version. */
export async function findPython(tool: PythonTool): Promise<string | undefined> {
  const requirements = (await readFile(requirementsFile(tool), 'utf8')).trim().split('\n');
  for (const python of ['bin/python', 'Scripts/python.exe']) {
    try {
      await run(join(folderOf(tool), python), ['-c', CHECK, ...requirements]);
      return join(folderOf(tool), python);
    } catch {
      // It does not exist, or a package is missing or has another version.
    }
  }
  return undefined;
}

/**
 * Installs a tool with pip, unless it is installed.
 * @throws Error when there is no Python 3 with venv, or when pip fails or takes over 8 min
 */
export async function installPython(tool: PythonTool): Promise<void> {
  if (await findPython(tool)) return;
  const folder = folderOf(tool);
  await rm(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder], { timeout: INSTALL_TIMEOUT_MS });
  const arguments_ = ['-m', 'pip', 'install', '--quiet', '--requirement', requirementsFile(tool)];
  await run(join(folder, 'bin/python'), arguments_, { timeout: INSTALL_TIMEOUT_MS });
}

function folderOf(tool: PythonTool): string {
  return join(repositoryRoot, 'dist/templates', tool);
}

function requirementsFile(tool: PythonTool): string {
  return join(import.meta.dirname, '../requirements', `${tool}.txt`);
}
