# The program in a small image, run by a user without rights. `docker build --tag sanxian .`
FROM rust:1-bookworm AS build
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libgdal-dev libproj-dev pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked --package sanxian_cli

FROM debian:bookworm-slim
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libgdal32 libproj25 proj-data git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 sanxian
COPY --from=build /src/target/release/sanxian /usr/local/bin/sanxian
USER sanxian
# Checkouts of a pipeline belong to somebody else.
RUN git config --global --add safe.directory '*'
WORKDIR /work
ENTRYPOINT ["sanxian"]
