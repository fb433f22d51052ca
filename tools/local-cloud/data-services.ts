import { createDynamo } from './dynamodb/index.ts';
import { createEvents } from './events/index.ts';
import type { Kernel, ResourceProvider, Services, WireService } from './kernel.ts';
import { createS3 } from './s3/index.ts';
import { createSecrets } from './secrets/index.ts';
import { createSqs } from './sqs/index.ts';

/** The services that hold state or pass messages. They do not run the application's code. */
export interface DataServices {
  readonly services: Pick<Services, 'dynamodb' | 's3' | 'secrets' | 'sqs' | 'events'>;
  readonly wires: readonly WireService[];
  readonly providers: readonly ResourceProvider[];
  /** Starts the schedules. */
  start(): void;
  stop(): void;
}

/**
 * Creates all data services. They find one another through `kernel.services`, once the kernel
 * provides them.
 */
export function createDataServices(kernel: Kernel): DataServices {
  const dynamodb = createDynamo(kernel);
  const s3 = createS3(kernel);
  const secrets = createSecrets(kernel);
  const sqs = createSqs(kernel);
  const events = createEvents(kernel);
  const all = [dynamodb, s3, secrets, sqs, events];
  return {
    services: { dynamodb, s3, secrets, sqs, events },
    wires: all.map((service) => service.wire),
    providers: all.flatMap((service) => [...service.providers]),
    start: () => events.start(),
    stop: () => {
      events.stop();
      sqs.stop();
      dynamodb.stop();
    },
  };
}
