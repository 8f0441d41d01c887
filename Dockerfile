# Lints the folder that is mounted at /src: docker run --rm -v "$PWD:/src:ro" mountc
ARG NODE=node:20-bookworm-slim
FROM $NODE AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts && npm run build && npm pack --ignore-scripts --pack-destination /tmp

FROM $NODE
COPY --from=build /tmp/mountc-*.tgz /tmp/mountc.tgz
RUN npm install --global --ignore-scripts /tmp/mountc.tgz && rm /tmp/mountc.tgz
# Whoever the mounted files belong to: nothing is written but by --fix and --write, which need --user "$(id -u)".
USER node
WORKDIR /src
ENTRYPOINT ["mountc"]
CMD ["lint"]
