import { parseVariants } from '../variants.ts';
import { parseFlags } from './flags.ts';

const usage = `npm run start:docker -- [--only microservices,serverless,hybrid] [--observability] [--detach]

Brings the shop up in Docker (compose.yaml): builds the images, deploys the stacks into LocalStack, starts the containers,
seeds each variant, buys something in each and stays until Ctrl-C, which removes containers and networks again (docker
compose down). Images, and what LocalStack caches, stay.

  --only a,b         these variants only
  --observability    also a collector and Grafana, with a dashboard of the variants side by side
  --detach           leave it running and come back; docker compose down ends it

Ports and images are set in the environment: see the head of compose.yaml.`;

/** `npm run start:docker`: the compose project with progress, seeding, an order in each variant and the panel. */
export async function startDocker(args: string[]): Promise<void> {
  const { values } = parseFlags(
    args,
    {
      only: { type: 'string' },
      observability: { type: 'boolean', default: false },
      detach: { type: 'boolean', default: false },
    },
    usage,
  );
  const { runInDocker } = await import('../docker/run-in-docker.ts');
  await runInDocker({
    variants: parseVariants(values.only),
    observability: values.observability,
    detach: values.detach,
  });
}
