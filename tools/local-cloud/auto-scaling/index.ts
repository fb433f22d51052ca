export { createAutoScaling } from './providers.ts';
