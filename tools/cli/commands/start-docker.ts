import { parseFlags } from '@triptych/base/flags';
import { parseVariants } from '@triptych/base/variants';

const usage = `npm run start:docker -- [--only microservices,serverless,hybrid] [--observability] [--detach]

Brings the shop up in Docker (docker-compose.yml): builds the images, deploys the stacks into LocalStack, starts the containers,
seeds each variant, buys something in each and stays until Ctrl-C, which removes containers and networks again (docker
compose down). Images, and what LocalStack caches, stay.

  --only a,b         these variants only
  --observability    also a collector and Grafana, with a dashboard of the variants side by side
  --detach           leave it running and come back; docker compose down ends it

Ports and images are set in the environment: see the head of docker-compose.yml.`;

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
  const { fillVariant } = await import('@triptych/seed/fill-in-docker');
  const { runInDocker } = await import('@triptych/shop/docker/run-in-docker');
  await runInDocker({
    fill: fillVariant,
    variants: parseVariants(values.only),
    observability: values.observability,
    detach: values.detach,
  });
}
