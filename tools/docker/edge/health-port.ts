/** Where the edge tells its own container's health check how it is; nobody else reaches it. */
export const healthPort = 4009;
