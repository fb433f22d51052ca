import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { Notes } from '../ports.ts';

/** Notes as SSM parameters of the standard tier, which is free (https://aws.amazon.com/systems-manager/pricing/). */
export function parameterNotes(region: string): Notes & { close(): void } {
  const client = new SSMClient({ region });
  const read = async (Name: string): Promise<string | undefined> => {
    try {
      return (await client.send(new GetParameterCommand({ Name }))).Parameter?.Value;
    } catch (error) {
      if ((error as Error).name === 'ParameterNotFound') return undefined;
      throw error;
    }
  };
  return {
    read,
    async write(Name, Value, tags) {
      // PutParameter accepts tags only for a new parameter.
      const Tags = Object.entries(tags).map(([Key, value]) => ({ Key, Value: value }));
      const isNew = (await read(Name)) === undefined;
      await client.send(
        new PutParameterCommand({
          Name,
          Value,
          Type: 'String',
          ...(isNew ? { Tags } : { Overwrite: true }),
        }),
      );
    },
    async list(Path) {
      const found: string[] = [];
      const pages = paginateGetParametersByPath({ client }, { Path, Recursive: true });
      for await (const { Parameters = [] } of pages) {
        found.push(...Parameters.map(({ Name = '' }) => Name));
      }
      return found;
    },
    async delete(Name) {
      await client.send(new DeleteParameterCommand({ Name })).catch((error: Error) => {
        if (error.name !== 'ParameterNotFound') throw error;
      });
    },
    close: () => client.destroy(),
  };
}
