/**
 * Runs one command: `node tools/cli/main.ts <command> …`. The npm scripts start it through run.mjs.
 *
 * An old Node cannot load TypeScript, and rejects it in an ES module before the first line runs. In a CommonJS package it
 * treats an unknown extension as JavaScript. That is why this package is CommonJS, the folders below it are ES modules, and
 * this file is plain JavaScript: every Node runs it, and an old one prints what to do.
 */
{
  const OLDEST_NODE = 24;
  const { node } = process.versions;
  if (Number(node.split('.')[0]) < OLDEST_NODE) {
    process.stderr.write(
      `triptych: Node ${node} is too old for this file: use the npm scripts (\`npm start\`, \`npm run doctor\`), which run the installed Node ${OLDEST_NODE}.\n`,
    );
    process.exit(1);
  }
  // A CommonJS module cannot await it. run-command.ts reports every error itself, but its packages may not be installed.
  import('./commands/run-command.ts').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write(
      'triptych: a dependency is missing: use the npm scripts (`npm start`, `npm run doctor`), which install what they need.\n',
    );
    process.exit(1);
  });
}
