# One container service: the bundle beside this file, with the native modules that `package` put next to it.
FROM node:24.21.0-bookworm-slim
WORKDIR /app
COPY . .
USER node
ENV NODE_ENV=production
EXPOSE 8080
CMD ["node", "index.mjs"]
