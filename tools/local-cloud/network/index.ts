export { GUARD_ARGUMENTS, watchConnections } from './guard/watch-connections.ts';
export { networkIdentity } from './identities.ts';
export {
  type BalancerPlace,
  type Decision,
  LocalNetwork,
  type OpenEndpoint,
} from './local-network.ts';
export {
  callerFault,
  internetFault,
  type NetworkInterface,
  peerFault,
  publicBalancerFault,
  serviceFault,
} from './reach.ts';
export { untilChange } from './topology.ts';
