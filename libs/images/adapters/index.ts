/** The ports of images on S3, EventBridge and sharp, and the settings. */
export { eventAnnouncer } from './event-announcer.ts';
export { s3Originals } from './s3-originals.ts';
export { s3RenditionLinks } from './s3-rendition-links.ts';
export { s3Renditions } from './s3-renditions.ts';
export {
  imagesSettings,
  imagesWithLinksSettings,
  imagesWithRenditionsSettings,
} from './settings.ts';
export { sharpProcessor } from './sharp-processor.ts';
