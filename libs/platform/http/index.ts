/** The HTTP server of every service, the same in a container and in a function. */
export type { HttpPlugin, AppOptions } from './build-app.ts';
export { buildApp } from './build-app.ts';
export { problemOf, type Problem } from './problem.ts';
