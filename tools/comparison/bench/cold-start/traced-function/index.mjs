// Loads a real bundle and records when it reaches each milestone. The bundle is unchanged: reading certain settings marks the
// milestones.

import { pathToFileURL } from 'node:url';

const marks = {};

/** Records epoch milliseconds and CPU milliseconds since process start, the first time only. */
function mark(name) {
  const { user, system } = process.cpuUsage();
  marks[name] ??= {
    atMs: performance.timeOrigin + performance.now(),
    cpuMs: (user + system) / 1000,
  };
}

mark('loaded');
const bundle = process.env.TRIPTYCH_BENCH_BUNDLE;
const milestones = { SERVICE_NAME: 'evaluated', _HANDLER: 'wired' };
process.env = new Proxy(process.env, {
  get(environment, name) {
    if (milestones[name]) mark(milestones[name]);
    return environment[name];
  },
});
const service = await import(pathToFileURL(bundle).href);
mark('prepared');

export const http = async (event, context) => {
  mark('called');
  const result = await service.http(event, context);
  mark('answered');
  await service.http(event, context);
  mark('answeredAgain');
  return { ...result, marks };
};
