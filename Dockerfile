# Pushlens in a container:  docker build -t pushlens .  then
#   docker run -d --read-only --tmpfs /tmp -p 3000:3000 -v pushlens:/data pushlens
# `docker logs` prints the one-time link for the first administrator. compose.yaml adds TLS.
# `npm test` and `npm run proof` run these steps without a container engine: scripts/image/run-steps.mjs.

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node scripts/build.mjs
# Only what is loaded at run time: about 60 MB instead of 900.
RUN node scripts/image/collect.mjs /out

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite:/data/pushlens.db
# npm runs the command line only. Nothing but /data is written, also without a writable /tmp.
ENV NPM_CONFIG_CACHE=/tmp/npm NPM_CONFIG_UPDATE_NOTIFIER=false NPM_CONFIG_LOGS_MAX=0
# The compiled code of the start, which takes half of its time. A changed file is compiled again, in memory.
ENV NODE_COMPILE_CACHE=/app/.compiled
COPY --from=build /out ./
RUN node server/compile-cache.mjs
RUN mkdir -p /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# /healthz: a container with a failed upgrade keeps running and says so, instead of being restarted again and again.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["node", "server/health-check.mjs"]
CMD ["node", "server/index.mjs"]
