import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings, startTestEndpoint } from '../../testing/test-kernel.ts';
import { createStepFunctions } from '../index.ts';
import { workflow } from './workflow.ts';

export const ROLE = 'arn:aws:iam::000000000000:role/machine';

/** Step Functions on an endpoint, with a client. */
export interface StepFunctionsClient {
  readonly client: SFNClient;
  /** The tokens that the function `keep` has received. `echo` returns its event. */
  readonly tokens: readonly string[];
  /** Creates a state machine from its states, as CloudFormation does. Returns its ARN. */
  machine(logicalId: string, states: Record<string, object>): Promise<string>;
  stop(): Promise<void>;
}

export async function stepFunctionsClient(): Promise<StepFunctionsClient> {
  const tokens: string[] = [];
  const { kernel } = workflow({
    echo: (event) => event,
    keep: (event) => void tokens.push((event as { token: string }).token),
  });
  const service = createStepFunctions(kernel);
  const endpoint = await startTestEndpoint(kernel, [service.wire]);
  const client = new SFNClient({ ...clientSettings(endpoint), maxAttempts: 1 });
  return {
    client,
    tokens,
    async machine(logicalId, states) {
      const [provider] = service.providers;
      const [StartAt] = Object.keys(states);
      const definition = { QueryLanguage: 'JSONata', StartAt, States: states };
      const created = await provider?.create({
        ...{ stack: 'stack', logicalId, metadata: {}, kernel },
        properties: {
          DefinitionString: JSON.stringify(definition),
          DefinitionSubstitutions: { Echo: 'echo' },
          RoleArn: ROLE,
        },
      });
      return created?.physicalId ?? '';
    },
    async stop() {
      client.destroy();
      await endpoint.stop();
    },
  };
}
