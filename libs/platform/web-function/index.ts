/** Runs a service as a Lambda Web Function: the same HTTP server as in a container, and nothing else. */
export { EDGE_HEADER } from './edge-secret.ts';
export * from './web-function.ts';
