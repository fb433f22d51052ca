import { StartupCheckStrategy, type StartupStatus } from 'testcontainers';

type Client = Parameters<StartupCheckStrategy['checkStartupState']>[0];

/**
 * Waits until a container is healthy, even if it exits and restarts before that. testcontainers' own strategy fails at the
 * first exit, but on a busy machine a service may reach LocalStack only after a restart.
 */
export class HealthyAtLast extends StartupCheckStrategy {
  async checkStartupState(client: Client, containerId: string): Promise<StartupStatus> {
    const { State } = await client.getContainer(containerId).inspect();
    return State.Health?.Status === 'healthy' ? 'SUCCESS' : 'PENDING';
  }
}
