/** How a checkout is coordinated, as `TRIPTYCH_CHECKOUT` selects it. Only serverless has a choice. The first is the default. */
export const COORDINATIONS = ['events', 'step-functions', 'durable-functions'] as const;
export type Coordination = (typeof COORDINATIONS)[number];
