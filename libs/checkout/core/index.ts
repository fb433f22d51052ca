/** The steps of a checkout that a coordinator calls. Independent of the coordinator. */
export * from './checkout-steps.ts';
export * from './ports.ts';
