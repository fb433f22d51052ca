import { checkoutMachine } from '@triptych/checkout/states/checkout-machine';
import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Deployed } from '../deployment.ts';
import { acknowledge } from './acknowledge.ts';
import { alarmOnFailedExecutions } from './alarms.ts';
import type { ServiceProps } from './environment.ts';
import { serviceFunction } from './function-service.ts';
import type { Use } from './uses.ts';

/** Creates the checkout as a state machine. Returns what payments needs to start and resume executions. */
export function stateMachineCoordinator(stack: Stack, props: ServiceProps<Deployed>): Use {
  const steps = serviceFunction(stack, 'steps', props);
  // The default role may also invoke every version of the function.
  const role = new Role(stack, 'CheckoutRole', {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [steps.functionArn],
    }),
  );
  const machine = new StateMachine(stack, 'Checkout', {
    definitionBody: DefinitionBody.fromString(JSON.stringify(checkoutMachine)),
    definitionSubstitutions: { Steps: steps.functionArn },
    queryLanguage: QueryLanguage.JSONATA,
    role,
  });
  const history =
    'AWS keeps the history of each execution for 90 days, and alarms report failed ones.';
  const spans =
    'Each step is a span in the trace of its request. X-Ray would be billed in addition.';
  acknowledge(machine, { SF1: history, SF2: spans });
  alarmOnFailedExecutions(machine, ['ExecutionsFailed', 'ExecutionsTimedOut']);
  return startsAndResumes(machine);
}

/** Starts executions, and resumes those that wait for a token. Only the worker publishes events, so only it does. */
function startsAndResumes({ stateMachineArn }: StateMachine): Use {
  return {
    name: 'CHECKOUT_ARN',
    value: stateMachineArn,
    grantTo(grantee, part) {
      if (part === 'http') return;
      grantee.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['states:StartExecution', 'states:SendTaskSuccess'],
          resources: [stateMachineArn],
        }),
      );
    },
  };
}
