/** A command; `args` are the words after its name. */
export type Command = (args: string[]) => Promise<void>;

/** Each command is loaded on demand, so that `buy` does not wait for modules that only `start` needs. */
export const commands: Record<string, Command> = {
  start: async (args) => (await import('./start.ts')).start(args),
  'start:docker': async (args) => (await import('./start-docker.ts')).startDocker(args),
  buy: async (args) => (await import('./buy.ts')).buy(args),
  admin: async (args) => (await import('./admin.ts')).admin(args),
  keys: async (args) => (await import('./keys.ts')).keys(args),
  logs: async (args) => (await import('./logs.ts')).logs(args),
  trace: async (args) => (await import('./trace.ts')).trace(args),
  doctor: async (args) => (await import('./doctor.ts')).doctor(args),
  dev: async (args) => (await import('./dev.ts')).dev(args),
  reconcile: async (args) => (await import('./reconcile.ts')).reconcile(args),
  redrive: async (args) => (await import('./redrive.ts')).redrive(args),
  deploy: async (args) => (await import('./deploy.ts')).deploy(args),
  compare: async (args) => (await import('./compare.ts')).compare(args),
  estimate: async (args) => (await import('./estimate.ts')).estimate(args),
  settings: async (args) => (await import('./settings.ts')).settings(args),
};
