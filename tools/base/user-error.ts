/** Something the user can mend: printed as one line, without a stack, and ends the command with code 1. */
export class UserError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UserError';
  }
}

/** Not an error: the user asked what a command does. */
export class HelpAsked extends Error {
  /** What to print, ready for the terminal. */
  readonly help: string;
  constructor(usage: string) {
    super('help asked');
    this.help = `Usage: ${usage}`;
  }
}

interface SystemError extends Error {
  code?: string;
  port?: number;
  path?: string;
}

/**
 * Turns any error into one line that says what is wrong and what to do.
 * Set TRIPTYCH_DEBUG=1 to get the stack as well.
 */
export function oneLine(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const { code, port, path, message } = error as SystemError;
  if (code === 'EADDRINUSE') return portTaken(port ?? 0);
  if (code === 'EACCES' && port) return `Port ${port} needs more rights: choose a higher one.`;
  if (code === 'ENOSPC') return 'The disk is full: free some space and run the command again.';
  if (code === 'EACCES' || code === 'EROFS') return `Cannot write ${path}: check its permissions.`;
  if (code === 'EMFILE')
    return 'Too many open files: raise the limit (`ulimit -n 4096`) and retry.';
  const first = String(message ?? error).split('\n', 1)[0];
  return `${first} (set TRIPTYCH_DEBUG=1 for details)`;
}

/** The line for a port that somebody else has. */
export function portTaken(port: number): string {
  return `Port ${port} is taken: stop what listens there, or choose another base with --port 5000.`;
}
