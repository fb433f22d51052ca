/**
 * Prints the inputs of every Nx target as JSON: `{ "<project>:<target>": { files, environment } }`. A task is read from the
 * cache only if none of them has changed. Runs in its own process, because Nx keeps its graph and its plugins alive.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(join(root, 'package.json'));
const { createProjectGraphAsync } = require('nx/src/project-graph/project-graph');
const { HashPlanInspector } = require('nx/src/hasher/hash-plan-inspector');

const graph = await createProjectGraphAsync({ exitOnError: false });
const inspector = new HashPlanInspector(graph);
await inspector.init();
const inputs = {};
for (const [project, { data }] of Object.entries(graph.nodes)) {
  for (const target of Object.keys(data.targets ?? {})) {
    if (!['lint', 'typecheck', 'test', 'build'].includes(target)) continue;
    const task = `${project}:${target}`;
    const { files, environment } = inspector.inspectTaskInputs({ project, target })[task];
    inputs[task] = { files, environment };
  }
}
process.stdout.write(JSON.stringify(inputs), () => process.exit(0));
