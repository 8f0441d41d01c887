/** Texts to begin with. */
export const EXAMPLES: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'a command with two mistakes',
    text: `docker run --rm \\
  --mount 'type=bind, src=/srv/data, dst=/data' \\
  -v "$PWD/site":/usr/share/nginx/html:readonly \\
  -v cache:/var/cache/nginx \\
  -p 8080:80 nginx
`,
  },
  {
    name: 'a Compose file',
    text: `services:
  web:
    image: nginx
    volumes:
      - ./site:/usr/share/nginx/html:ro
      - type: volume
        source: cache
        target: /var/cache/nginx
  db:
    image: postgres
    volumes:
      - data:/var/lib/postgresql/data
volumes:
  cache:
`,
  },
  {
    name: 'a Dockerfile',
    text: `FROM golang AS build
RUN --mount=type=cache,target=/root/.cache/go-build \\
    --mount=type=secrt,id=token \\
    go build ./...
`,
  },
  {
    name: 'a devcontainer',
    text: `{
  "image": "mcr.microsoft.com/devcontainers/base",
  "mounts": [
    "source=\${localWorkspaceFolder}/data,target=/data,type=bind,readonly",
    { "type": "volume", "source": "cache", "target": "/cache" }
  ]
}
`,
  },
  {
    name: 'a Quadlet unit',
    text: `[Container]
Image=docker.io/library/nginx
Volume=/srv/site:/usr/share/nginx/html:ro,Z
PublishPort=8080:80
`,
  },
];
