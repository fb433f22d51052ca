/** The loopback port on which the edge answers the health check of its container. */
export const HEALTH_PORT = 4009;
