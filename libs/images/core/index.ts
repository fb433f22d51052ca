export { type AcceptUpload, maxOriginalBytes, type UploadOutcome } from './accept-upload.ts';
export { chooseFormat } from './choose-format.ts';
export { createImages, type Images, type ImagesPorts } from './images.ts';
export type * from './ports.ts';
export type { ServedVariant, ServeVariant } from './serve-variant.ts';
export * from './variant.ts';
