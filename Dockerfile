# syntax=docker/dockerfile:1

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/tuzetu ./cmd/tuzetu
# The last stage has no shell to make folders with.
RUN mkdir -p /out/data /out/keys /out/tmp

FROM scratch
# Official sites are read over HTTPS; certificates are always verified.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/keys /keys
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY --from=build /out/tuzetu /tuzetu
# Nobody in particular: the image has no passwd file, so the number stands here.
USER 65532:65532
WORKDIR /
# Every command finds the database and the keys here. The keys have a volume of
# their own: what opens a backup must not lie beside it. The folder in it is made
# by the program, readable by nobody else.
ENV TUZETU_DB=/data/tuzetu.db TUZETU_KEYS=/keys/server
VOLUME ["/data", "/keys"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["/tuzetu", "health", "http://127.0.0.1:8080"]
ENTRYPOINT ["/tuzetu"]
CMD ["serve", "--addr", "0.0.0.0:8080"]
