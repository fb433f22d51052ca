/** The HTTP application of every service, the same in a container and a function. */
export type { Admits } from './admission.ts';
export type { AppOptions, HttpPlugin } from './build-app.ts';
export { BODY_LIMIT_BYTES, buildApp } from './build-app.ts';
export type { DocumentedRoute } from './documented-route.ts';
export { matchesEntityTag } from './entity-tag.ts';
export { decodeCursor, encodeCursor } from './list-cursor.ts';
export { type Problem, problemOf } from './problem.ts';
export { receiveRawBodies } from './request-bodies.ts';
export { recordErrorCode } from './request-trace.ts';
