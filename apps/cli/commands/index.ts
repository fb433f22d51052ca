export type Command = (args: string[]) => Promise<void>;

/** Loaded when asked for, so that `buy` does not wait for what only `start` needs. */
export const commands: Record<string, Command> = {
  start: async (args) => (await import('./start.ts')).start(args),
  buy: async (args) => (await import('./buy.ts')).buy(args),
  admin: async (args) => (await import('./admin.ts')).admin(args),
  keys: async (args) => (await import('./keys.ts')).keys(args),
  deploy: async (args) => (await import('./deploy.ts')).deploy(args),
};
