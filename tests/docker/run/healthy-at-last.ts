import { StartupCheckStrategy, type StartupStatus } from 'testcontainers';

type Client = Parameters<StartupCheckStrategy['checkStartupState']>[0];

/**
 * Waits until a container says that it is well. One that ends and is started again may do so: testcontainers' own strategy
 * gives up at the first sign of trouble, though on a busy machine a service may find LocalStack only the second time.
 */
export class HealthyAtLast extends StartupCheckStrategy {
  async checkStartupState(client: Client, containerId: string): Promise<StartupStatus> {
    const { State } = await client.getContainer(containerId).inspect();
    return State.Health?.Status === 'healthy' ? 'SUCCESS' : 'PENDING';
  }
}
