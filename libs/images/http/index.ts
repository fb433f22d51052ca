export { imageRoutes } from './image-routes.ts';
export { functionAnswerBytes, type LargeVariants } from './large-variants.ts';
