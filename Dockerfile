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
# The user whose the folders on the host are: BAOGAO_UID=$(id -u) BAOGAO_GID=$(id -g) in .env
ARG BAOGAO_UID=10001
ARG BAOGAO_GID=10001
ARG OFFICE=
# hadolint ignore=DL3008
RUN if [ -n "$OFFICE" ]; then \
        apt-get update && apt-get install --yes --no-install-recommends libreoffice-writer-nogui \
        && rm -rf /var/lib/apt/lists/*; \
    fi
ENV PATH=/opt/baogao/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ORT_DISABLE_TELEMETRY=1 \
    TZ=Asia/Shanghai
RUN install --directory --owner="${BAOGAO_UID}" --group="${BAOGAO_GID}" \
    /data /data/corpus /data/corpus/reports && \
    install --directory --mode=0700 --owner="${BAOGAO_UID}" --group="${BAOGAO_GID}" /data/var
COPY --from=build /opt/baogao /opt/baogao
COPY --chown=${BAOGAO_UID}:${BAOGAO_GID} corpus/reports /data/corpus/reports
WORKDIR /data
USER ${BAOGAO_UID}:${BAOGAO_GID}
VOLUME ["/data/var", "/data/corpus/reports"]
HEALTHCHECK --interval=60s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import os, sys, time; sys.exit(time.time() - os.stat('var/heartbeat').st_mtime > 90)"]
ENTRYPOINT ["baogao"]
CMD ["bot"]
