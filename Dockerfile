# Lints the folder that is mounted at /src: docker run --rm -v "$PWD:/src:ro" mountc
ARG NODE=node:20-bookworm-slim
FROM $NODE AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts && npm run build && npm pack --ignore-scripts --pack-destination /tmp

FROM $NODE
COPY --from=build /tmp/mountc-*.tgz /tmp/mountc.tgz
RUN npm install --global --ignore-scripts /tmp/mountc.tgz && rm /tmp/mountc.tgz
# The package has no code cache; this one is made by the Node of this image.
COPY --from=build /build/dist/code-cache /usr/local/lib/node_modules/mountc/dist/code-cache
# A configuration of another user is ignored elsewhere; who mounts a repository here means it.
RUN printf '[safe]\n\tdirectory = /src\n' >/etc/gitconfig
# Reading needs no other user; --fix and --write need the owner of the files: --user "$(id -u):$(id -g)".
USER node
WORKDIR /src
ENTRYPOINT ["mountc"]
CMD ["lint"]
