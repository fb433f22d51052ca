export { type OperationCount, OperationCounts } from './operation-counts.ts';
