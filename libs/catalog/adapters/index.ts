/** The catalog's ports on DynamoDB and S3, and its settings. */
export { dynamoCatalog } from './dynamo-catalog.ts';
export { s3Uploads } from './s3-uploads.ts';
export { catalogSettings } from './settings.ts';
