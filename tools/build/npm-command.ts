/** How to start npm from a program. */
export interface NpmCommand {
  readonly command: string;
  /** Arguments that precede npm's own. */
  readonly args: readonly string[];
  readonly shell: boolean;
}

/** The npm that started this process, or the one on the PATH. */
export function npmCommand(env = process.env, platform = process.platform): NpmCommand {
  const { npm_execpath: file } = env;
  if (file) return { command: process.execPath, args: [file], shell: false };
  // On Windows, npm is a script and needs a shell.
  return { command: 'npm', args: [], shell: platform === 'win32' };
}
