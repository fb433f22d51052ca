import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A frozen sandbox cannot notice that the local cloud has died. This shell process (1 MB, no CPU)
 * watches instead. It reads the ids of all child processes from its standard input. When that
 * closes, because this process has ended, it kills the remaining children.
 */
const SCRIPT = `trap '' INT TERM HUP
pids=' '
while read -r op pid; do
  case $op in
    +) pids="$pids$pid " ;;
    -) case "$pids" in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -9 "$pid" 2>/dev/null; done`;

/** False on systems without a POSIX shell and SIGSTOP. Sandboxes are not frozen there. */
export const canFreeze = process.platform !== 'win32';

const watched = new Set<number>();
let shell: ChildProcess | undefined;

function send(line: string): void {
  if (!canFreeze) return;
  if (!shell) {
    shell = spawn('/bin/sh', ['-c', SCRIPT], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    shell.on('error', () => {});
    shell.stdin?.on('error', () => {});
    shell.unref();
    (shell.stdin as { unref?(): void } | null)?.unref?.();
  }
  shell.stdin?.write(line);
}

/** Ensures that `child` does not outlive this process. */
export function killWithParent(child: ChildProcess): void {
  const pid = child.pid;
  if (pid === undefined) return;
  watched.add(pid);
  send(`+ ${pid}\n`);
  child.once('exit', () => {
    watched.delete(pid);
    send(`- ${pid}\n`);
    if (watched.size > 0) return;
    shell?.stdin?.end();
    shell = undefined;
  });
}
