# syntax=docker/dockerfile:1

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/tuzetu ./cmd/tuzetu
# The last stage has no shell to make folders with.
RUN mkdir -p /out/data /out/tmp

FROM scratch
# Official sites are read over HTTPS; certificates are always verified.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY --from=build /out/tuzetu /tuzetu
# Nobody in particular: the image has no passwd file, so the number stands here.
USER 65532:65532
WORKDIR /
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["/tuzetu", "health", "http://127.0.0.1:8080"]
ENTRYPOINT ["/tuzetu"]
CMD ["serve", "--addr", "0.0.0.0:8080", "--db", "/data/tuzetu.db"]
