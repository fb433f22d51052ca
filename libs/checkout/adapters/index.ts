/** What connects a coordinator to the shop: the outbox starts and resumes it. */
export { coordinate } from './coordinate.ts';
export { coordinatedPublisher } from './coordinated-publisher.ts';
export { dynamoWaits } from './dynamo-waits.ts';
export { callbackResumer, lambdaCoordinator } from './lambda-coordinator.ts';
export { checkoutSettings } from './settings.ts';
export { stateMachineCoordinator } from './state-machine-coordinator.ts';
