import { parseFlags } from '@triptych/base/flags';
import { parseVariants } from '@triptych/base/variants';

const USAGE = `npm run start:docker -- [--only microservices,serverless,hybrid] [--observability] [--detach]

Starts the shop in Docker (docker-compose.yml): builds the images, deploys the stacks into LocalStack, starts the containers,
seeds each variant, places an order in each and runs until Ctrl-C. Ctrl-C removes the containers and networks (docker
compose down); images and LocalStack's caches stay.

  --only a,b         start these variants only
  --observability    also start an OpenTelemetry collector and Grafana, with a dashboard that compares the variants
  --detach           return when the shop is up and leave it running; stop it with docker compose down

Environment variables set ports and images: see the top of docker-compose.yml.`;

/** `npm run start:docker`: starts the compose project, seeds it, places an order in each variant and prints the panel. */
export async function startDocker(args: string[]): Promise<void> {
  const { values } = parseFlags(
    args,
    {
      only: { type: 'string' },
      observability: { type: 'boolean', default: false },
      detach: { type: 'boolean', default: false },
    },
    USAGE,
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
