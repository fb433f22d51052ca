/** An error that the user can fix: printed as one line without a stack trace, with exit code 1. */
export class UserError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UserError';
  }
}

/** Not a failure: the user passed --help. */
export class HelpAsked extends Error {
  /** The text to print. */
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
 * Turns any error into one line that says what is wrong and what to do. With TRIPTYCH_DEBUG=1, the command line prints
 * the stack trace as well.
 */
export function oneLine(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const { code, port, path, message } = error as SystemError;
  if (code === 'EADDRINUSE') return portTaken(port ?? 0);
  if (code === 'EACCES' && port)
    return `Port ${port} needs administrator rights: choose a port above 1023.`;
  if (code === 'ENOSPC') return 'The disk is full: free some space and run the command again.';
  if (code === 'EACCES' || code === 'EROFS') return `Cannot write ${path}: check its permissions.`;
  if (code === 'EMFILE')
    return 'Too many open files: raise the limit (`ulimit -n 4096`) and retry.';
  const first = String(message ?? error).split('\n', 1)[0];
  return `${first} (set TRIPTYCH_DEBUG=1 for details)`;
}

/** The message for a port that another program uses. */
export function portTaken(port: number): string {
  return `Port ${port} is taken: stop the program that uses it, or choose other ports with --port 5000.`;
}
