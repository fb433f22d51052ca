// The smallest possible function.
export const http = async () => ({ statusCode: 200, body: '{}' });
