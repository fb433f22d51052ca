import type { ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';
import type { Executions } from './executions.ts';
import { parseDefinition } from './parse-definition.ts';

/** Creates `AWS::StepFunctions::StateMachine`, a Standard workflow. `Ref` returns the ARN. */
export function stateMachineProvider(executions: Executions): ResourceProvider {
  return {
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      DefinitionString: 'honoured',
      DefinitionSubstitutions: 'honoured',
      RoleArn: 'honoured',
      StateMachineName: 'honoured',
      Tags: { ignored: 'tags have no local effect' },
    },
    async create({ stack, logicalId, properties, kernel }) {
      const { DefinitionString, DefinitionSubstitutions = {}, StateMachineName } = properties;
      const text = substituted(String(DefinitionString), DefinitionSubstitutions as object);
      const definition = parseDefinition(text);
      const roleArn = String(properties.RoleArn);
      const name = String(StateMachineName ?? physicalName(stack, logicalId));
      const arn = kernel.arn('states', `stateMachine:${name}`);
      const actor = kernel.permissions.actAs(roleArn, 'states.amazonaws.com', name);
      const identity = { arn, name, stack, logicalId, roleArn, createdAt: Date.now() };
      const machine = { ...identity, actor, definition, text };
      executions.addMachine(machine);
      return {
        physicalId: arn,
        attributes: { Arn: arn, Name: name },
        start: async () => executions.resume(machine),
        stop: async () => executions.removeMachine(arn),
      };
    },
  };
}

/**
 * Replaces `${name}` in a definition.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
 */
function substituted(text: string, substitutions: object): string {
  return Object.entries(substitutions).reduce(
    (before, [name, value]) => before.replaceAll(`\${${name}}`, () => String(value)),
    text,
  );
}
