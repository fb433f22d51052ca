import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** Describes the machine in a few lines. */
export function describeMachine(now: Date): string[] {
  const cores = availableParallelism();
  const memoryGb = (totalmem() / 2 ** 30).toFixed(1);
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const lines = [
    `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC · ${model}, ${cores} cores, ${memoryGb} GB`,
    `Node.js ${process.version} (V8 ${process.versions.v8}) · ${platform()} ${arch()}`,
  ];
  const [busy = 0] = loadavg();
  // Windows has no load average. The benchmark itself may keep one core busy.
  if (busy > 1) {
    lines.push(
      `Load average ${busy.toFixed(1)} at the start: other programs are using this machine.`,
    );
  }
  return lines;
}
