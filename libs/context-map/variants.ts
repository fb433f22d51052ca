/** The ways in which the shop is deployed, in the order in which everything shows them. */
export const VARIANTS = ['microservices', 'serverless', 'hybrid'] as const;
export type Variant = (typeof VARIANTS)[number];
