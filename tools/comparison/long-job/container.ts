/**
 * The long job as a container process: `node container.ts <bucket> <imageId …>`. Sends a message to its parent for each stored
 * rendition.
 */
import { s3Originals, s3Renditions, sharpProcessor } from '@triptych/images/adapters';
import { s3 } from '@triptych/platform/aws';
import { makeAll } from './whole-job.ts';

const [bucket = '', ...imageIds] = process.argv.slice(2);
const at = { client: s3(), bucket };
const ports = {
  originals: s3Originals(at),
  renditions: s3Renditions(at),
  processor: sharpProcessor(),
};
const orphaned = () => process.exit(1);
process.once('disconnect', orphaned);
process.send?.('ready');
await makeAll(imageIds, ports, () => process.send?.('made'));
process.off('disconnect', orphaned);
process.disconnect?.();
