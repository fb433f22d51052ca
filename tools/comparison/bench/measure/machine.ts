import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** What ran the measurements, as of now; two lines. */
export function describeMachine(now: Date): string[] {
  const cores = availableParallelism();
  const memoryGb = (totalmem() / 2 ** 30).toFixed(1);
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const lines = [
    `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC · ${model}, ${cores} cores, ${memoryGb} GB`,
    `Node.js ${process.version} (V8 ${process.versions.v8}) · ${platform()} ${arch()}`,
  ];
  const [busy = 0] = loadavg();
  // Windows tells no load. One busy core is what a benchmark itself, started a moment ago, may cause.
  if (busy > 1) {
    lines.push(`Load average ${busy.toFixed(1)} at the start: others use this machine too.`);
  }
  return lines;
}
