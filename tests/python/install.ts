/** `npx node tests/python/install.ts TOOL…`: installs tools with pip, unless they are installed. Exits with 1 if that fails. */
import { oneLine } from '@triptych/base/user-error';
import { installPython, PYTHON_TOOLS, type PythonTool } from './find-python.ts';

const isTool = (name: string): name is PythonTool => PYTHON_TOOLS.some((tool) => tool === name);

for (const name of process.argv.slice(2)) {
  try {
    if (!isTool(name)) throw new Error(`unknown tool "${name}": name ${PYTHON_TOOLS.join(', ')}`);
    await installPython(name);
  } catch (error) {
    console.error(`triptych: ${oneLine(error)}`);
    process.exitCode = 1;
  }
}
