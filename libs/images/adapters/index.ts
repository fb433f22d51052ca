export { eventAnnouncer } from './event-announcer.ts';
export { s3Originals } from './s3-originals.ts';
export { s3VariantLinks } from './s3-variant-links.ts';
export { s3Variants } from './s3-variants.ts';
export { imagesSettings, imagesWithVariantsSettings } from './settings.ts';
export { sharpProcessor } from './sharp-processor.ts';
