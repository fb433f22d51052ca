/** A command; `args` are the words after its name. */
export type Command = (args: string[]) => Promise<void>;

interface Listed {
  readonly summary: string;
  /** Each command is loaded on demand, so that `buy` does not wait for modules that only `start` needs. */
  readonly load: () => Promise<Command>;
}

/** Every command by name, in the order in which help lists them. */
export const commands: Readonly<Record<string, Listed>> = {
  start: {
    summary: 'starts the shop: builds, seeds, places an order in each variant',
    load: async () => (await import('./start.ts')).start,
  },
  'start:docker': {
    summary: 'starts the shop in containers with LocalStack',
    load: async () => (await import('./start-docker.ts')).startDocker,
  },
  dev: {
    summary: 'starts the shop, and restarts services when their sources change',
    load: async () => (await import('./dev.ts')).dev,
  },
  buy: {
    summary: 'places one more order and prints its timeline',
    load: async () => (await import('./buy.ts')).buy,
  },
  trace: {
    summary: "prints an order's spans as a tree, and why a step failed",
    load: async () => (await import('./trace.ts')).trace,
  },
  logs: {
    summary: 'prints and follows the logs',
    load: async () => (await import('./logs.ts')).logs,
  },
  break: {
    summary: 'kills processes, slows down or cuts off AWS services, and heals them',
    load: async () => (await import('./break.ts')).breakShop,
  },
  doctor: {
    summary: 'checks what this machine can run',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  admin: {
    summary: 'creates an admin account',
    load: async () => (await import('./admin.ts')).admin,
  },
  keys: {
    summary: 'rotates the key that signs access tokens',
    load: async () => (await import('./keys.ts')).keys,
  },
  reconcile: {
    summary: 'compares ledger and provider',
    load: async () => (await import('./reconcile.ts')).reconcile,
  },
  redrive: {
    summary: 'moves dead letters back to their queue',
    load: async () => (await import('./redrive.ts')).redrive,
  },
  compare: {
    summary: 'measures the variants and writes a report',
    load: async () => (await import('./compare.ts')).compare,
  },
  simulate: {
    summary: 'predicts latency, cold starts, tasks and the bill under any traffic',
    load: async () => (await import('./simulate.ts')).simulate,
  },
  estimate: {
    summary: 'estimates the monthly AWS bill from the newest report',
    load: async () => (await import('./estimate.ts')).estimate,
  },
  settings: {
    summary: 'prints the conformance settings of a compose project',
    load: async () => (await import('./settings.ts')).settings,
  },
  deploy: {
    summary: 'deploys to AWS or to LocalStack',
    load: async () => (await import('./deploy.ts')).deploy,
  },
  status: {
    summary: 'shows the state and the cost of a deployment on AWS',
    load: async () => (await import('./status.ts')).status,
  },
  rollback: {
    summary: 'returns a service on AWS to its previous artifact',
    load: async () => (await import('./rollback.ts')).rollback,
  },
  destroy: {
    summary: 'deletes a deployment from AWS',
    load: async () => (await import('./destroy.ts')).destroy,
  },
};

/** The list of all commands, for `--help` without a command. */
export function renderHelp(): string {
  const rows = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(14)}${summary}`,
  );
  return `Usage: npm run <command> -- [options]

${rows.join('\n')}

  npm run <command> -- --help   describes a command; \`npm start\` needs no \`run\`
  npm run                       lists all scripts, such as test, lint and build`;
}
