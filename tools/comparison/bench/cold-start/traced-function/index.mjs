// Loads a real bundle and notes when it gets where. Nothing in the bundle is changed: which setting is read, and when,
// tells how far the bundle has come.

import { pathToFileURL } from 'node:url';

const marks = {};

/** Epoch milliseconds, and milliseconds of CPU this process has used since it started; the first time counts. */
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
