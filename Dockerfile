ARG NODE_IMAGE=node:20.20-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
# Everything that runs is prebuilt in the registry: no install script is needed, and none is run.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts

FROM ${NODE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="Gangway" \
      org.opencontainers.image.description="Carries out joiner, mover and leaver procedures" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    GANGWAY_DATA=/data
# A volume that is mounted here for the first time takes over the owner.
RUN install --directory --owner=node --group=node --mode=0700 /data
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
USER node

FROM runtime AS worker
ENV GANGWAY_METRICS_ADDRESS=0.0.0.0:9464
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["node", "dist/worker/check-health.js"]
CMD ["node", "dist/worker/main.js"]

FROM runtime AS api
ENV GANGWAY_API_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["node", "dist/api/check-health.js"]
CMD ["node", "dist/api/main.js"]
