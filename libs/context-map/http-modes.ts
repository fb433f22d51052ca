/** How serverless runs its HTTP, as `TRIPTYCH_HTTP` selects it. The first is the default. */
export const HTTP_MODES = ['event-functions', 'web-functions'] as const;
export type HttpMode = (typeof HTTP_MODES)[number];
