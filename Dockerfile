# Images of the shop: `service` (one container service), `edge` and `deploy`. compose.yaml says how they run.
#
# Everything is made on the machine that builds, for the one that will run it; stages of the target only copy, so an image
# for another processor needs no emulator. CDK builds `service` too, from a finished artifact (see `artifact`).
# No `# syntax=` line: what is used here is in every BuildKit, and nothing more has to be pulled.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

# Manifests alone. What follows is kept by their content, so that a change of code installs nothing.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS manifests
WORKDIR /from
COPY . .
RUN mkdir /manifests && find . -name package.json -exec cp --parents {} /manifests \; \
 && cp package-lock.json .npmrc /manifests

FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS installed
WORKDIR /app
COPY --from=manifests /manifests .
# No scripts of packages: the one of `node` would fetch a second Node, the others have nothing to do here.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts

# Bundles, and beside them the native modules for the target's processor; npm installs those once.
FROM installed AS packaged
COPY . .
ARG TARGETARCH
RUN --mount=type=cache,target=/root/.npm \
    --mount=type=cache,target=/app/.triptych/packaged-arm64/modules,sharing=locked \
    --mount=type=cache,target=/app/.triptych/packaged-x86_64/modules,sharing=locked \
    case "$TARGETARCH" in amd64) processor=x86_64 ;; *) processor="$TARGETARCH" ;; esac \
 && TRIPTYCH_ARCHITECTURE=$processor node apps/cli/main.ts deploy all --package \
 && cp -a .triptych/packaged-$processor/apps /artifacts \
 && mkdir /own

FROM --platform=$BUILDPLATFORM packaged AS bundled-edge
RUN node_modules/.bin/esbuild index=apps/cli/edge/main.ts health=apps/cli/edge/health.ts --bundle \
    --platform=node --target=node24 --format=esm --out-extension:.js=.mjs --outdir=/edge --log-level=warning

# What the repository is to the command line: sources, tools and artifacts, without what only tests, lints or compiles.
FROM --platform=$BUILDPLATFORM packaged AS tools
RUN rm -rf node_modules/node node_modules/nx node_modules/@nx node_modules/@biomejs node_modules/@rolldown \
    node_modules/@typescript node_modules/typescript node_modules/lightningcss* node_modules/vitest node_modules/vite

FROM ${NODE_IMAGE} AS runtime
WORKDIR /app
ENV NODE_ENV=production
# The base image's is a shell script.
ENTRYPOINT []
# Where the deployment writes and the others read; a new volume takes over whose it is.
COPY --from=packaged --chown=node:node /own /run/triptych

# Outside CDK and compose: docker build --target service --build-arg ARTIFACT=microservices/auth .
FROM scratch AS artifact
ARG ARTIFACT
COPY --from=packaged /artifacts/${ARTIFACT} /

# CDK gives `artifact` as a build context: the folder that holds this file, and nothing before this line is built.
FROM ${NODE_IMAGE} AS service
WORKDIR /app
ENV NODE_ENV=production
ENTRYPOINT []
COPY --from=artifact / .
USER node
EXPOSE 8080
# Asks as a load balancer does; which service it is, SERVICE_NAME says.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "health.mjs"]
# Reads its own folder only, writes nowhere, starts no processes and no threads. Password hashing and pictures are native code.
CMD ["node", "--permission", "--allow-fs-read=/app", "--allow-addons", "index.mjs"]

FROM runtime AS edge
COPY --from=bundled-edge /edge .
USER node
EXPOSE 4001 4002 4003
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "health.mjs"]
CMD ["node", "--permission", "--allow-fs-read=/app", "--allow-fs-read=/run/triptych", "index.mjs"]

FROM runtime AS deploy
COPY --from=tools --chown=node:node /app .
USER node
# CDK keeps its notes there.
ENV HOME=/tmp
CMD ["node", "apps/cli/main.ts", "deploy", "all", "--to", "localstack"]
