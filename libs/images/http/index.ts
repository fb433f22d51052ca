/** Images over HTTP, as one Fastify plugin. */
export { imageRoutes } from './image-routes.ts';
export { type LargeRenditions, MAX_FUNCTION_ANSWER_BYTES } from './large-renditions.ts';
