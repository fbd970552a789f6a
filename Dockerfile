# A slim image: the bundled model, no torch. State is in the volume /data/var.
#   --build-arg EXTRAS=ocr,metrics   reads scans and photos; any extras of pyproject.toml
#   --build-arg OFFICE=yes           reads .doc and .wps, with LibreOffice (about 300 MB)
FROM python:3.12-slim AS build
ARG EXTRAS=
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY index index
COPY corpus corpus
RUN python -m venv /opt/baogao \
    && /opt/baogao/bin/pip install --no-cache-dir ".${EXTRAS:+[$EXTRAS]}"

FROM python:3.12-slim
ARG OFFICE=
# hadolint ignore=DL3008
RUN if [ -n "$OFFICE" ]; then \
        apt-get update && apt-get install --yes --no-install-recommends libreoffice-writer-nogui \
        && rm -rf /var/lib/apt/lists/*; \
    fi
ENV PATH=/opt/baogao/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ORT_DISABLE_TELEMETRY=1
RUN groupadd --gid 10001 baogao && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home baogao \
    && install --directory --owner=baogao /data /data/var /data/corpus /data/corpus/reports
COPY --from=build /opt/baogao /opt/baogao
COPY --chown=baogao corpus/reports /data/corpus/reports
WORKDIR /data
USER 10001:10001
VOLUME ["/data/var", "/data/corpus/reports"]
HEALTHCHECK --interval=60s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import os, sys, time; sys.exit(time.time() - os.stat('var/heartbeat').st_mtime > 90)"]
ENTRYPOINT ["baogao"]
CMD ["bot"]
