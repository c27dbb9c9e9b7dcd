# The site as an image: code, locked packages and compiled catalogues; all that it makes goes to /data.
# By itself it prepares and serves the whole site from one process; compose.yaml runs its parts apart.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt requirements-vectors.txt ./
RUN /venv/bin/pip install --require-hashes -r requirements.txt -r requirements-vectors.txt
COPY . .
RUN /venv/bin/python -m cms.serving.catalogues

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data HOST=0.0.0.0
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin library \
    && install --directory --owner library --group library /data
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER library
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s CMD ["python", "-c", "from os import environ; \
    from urllib.request import urlopen; \
    urlopen(f'http://127.0.0.1:{environ.get(\"PORT\") or 8000}/health/live', timeout=3)"]
CMD ["python", "-m", "cms.serving"]
