// The least a function can be: what it takes to answer at all.
export const http = async () => ({ statusCode: 200, body: '{}' });
