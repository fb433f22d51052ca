/** Rules and use cases of images. Nothing here depends on where it runs. */
export { MAX_ORIGINAL_BYTES, type UploadOutcome } from './accept-upload.ts';
export { chooseFormat } from './choose-format.ts';
export { createImages, type Images, type ImagesDeps } from './images.ts';
export * from './picture-limits.ts';
export type * from './ports.ts';
export * from './rendition.ts';
export * from './verdict.ts';
