/** What the catalog's ports are made of: DynamoDB and S3. */
export { dynamoCatalog } from './dynamo-catalog.ts';
export { s3Uploads } from './s3-uploads.ts';
export { catalogSettings } from './settings.ts';
