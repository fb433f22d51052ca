import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';

const run = promisify(execFile);

/** Programs from PyPI. Each has its own environment, because they need different versions of botocore. */
export const PYTHON_TOOLS = ['aws-cli', 'linters', 'moto', 'ministack'] as const;
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
  try {
    await run(pythonOf(tool), ['-c', CHECK, ...requirements]);
    return pythonOf(tool);
  } catch {
    // It does not exist, or a package is missing or has another version.
    return undefined;
  }
}

/**
 * Installs a tool with pip into dist/python, unless it is installed. `TRIPTYCH_PYTHON` names the Python that makes the
 * environment (default: `python3`).
 * @throws Error when there is no Python 3.10 or newer with venv, or when pip fails or takes over 8 min
 */
export async function installPython(tool: PythonTool): Promise<void> {
  if ((await findPython(tool)) !== undefined) return;
  const folder = folderOf(tool);
  await rm(folder, { recursive: true, force: true });
  const { TRIPTYCH_PYTHON = 'python3' } = process.env;
  await run(TRIPTYCH_PYTHON, ['-m', 'venv', folder], { timeout: INSTALL_TIMEOUT_MS });
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-compile',
    '--requirement',
    requirementsFile(tool),
  ];
  await run(pythonOf(tool), args, { timeout: INSTALL_TIMEOUT_MS });
}

/**
 * The tools of a suite that are not installed.
 * @param install installs them first
 * @throws Error as `installPython` does
 */
export async function missingTools(
  tools: readonly PythonTool[],
  install: boolean,
): Promise<PythonTool[]> {
  const missing: PythonTool[] = [];
  for (const tool of tools) {
    if (install) await installPython(tool);
    else if ((await findPython(tool)) === undefined) missing.push(tool);
  }
  return missing;
}

function folderOf(tool: PythonTool): string {
  return join(repositoryRoot, 'dist/python', tool);
}

function pythonOf(tool: PythonTool): string {
  const python = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
  return join(folderOf(tool), python);
}

function requirementsFile(tool: PythonTool): string {
  return join(import.meta.dirname, 'requirements', `${tool}.txt`);
}
