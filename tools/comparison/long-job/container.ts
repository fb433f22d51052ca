/**
 * The long job as a container runs it, in a process of its own: `node container.ts <bucket> <imageId …>`. Tells its parent of
 * each rendition that it has stored.
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
