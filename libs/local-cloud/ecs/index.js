import { AwsError } from '../kernel.ts';
import { ecsProviders } from './providers.ts';
export function createEcs(_kernel) {
  const services = new Map();
  return {
    kill(reference) {
      const service = [...services.values()].find(({ settings }) =>
        [settings.name, settings.arn, `${settings.stack}/${settings.logicalId}`].includes(
          reference,
        ),
      );
      if (service) return service.kill();
      throw new AwsError('ServiceNotFoundException', `Service not found: ${reference}`);
    },
    providers: ecsProviders(services),
    processes: () => [...services.values()].flatMap((service) => service.processes()),
  };
}
