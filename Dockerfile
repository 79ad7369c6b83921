# One image for every service of ours: the command, and Airflow, from the same pinned versions as the tests.
FROM python:3.11-slim-trixie AS build
RUN pip install --no-cache-dir uv==0.13.9
COPY requirements.image.lock /tmp/
RUN uv venv /opt/venv \
    && uv pip sync --python /opt/venv/bin/python --no-cache --require-hashes --compile-bytecode /tmp/requirements.image.lock

FROM python:3.11-slim-trixie
ENV AIRFLOW_HOME=/var/lib/airflow \
    PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/convention-watch \
    PYTHONUNBUFFERED=1
RUN useradd --uid 50000 --gid 0 --no-create-home --home-dir /var/lib/airflow watch \
    && install --directory --owner=50000 --group=0 --mode=0770 \
        /var/lib/airflow /var/lib/convention-watch /var/log/airflow /run/convention-watch \
        /run/convention-watch/authority /run/convention-watch/certificates /run/convention-watch/installing \
        /run/convention-watch/keys /run/convention-watch/snapshots
COPY --from=build /opt/venv /opt/venv
COPY . /opt/convention-watch
RUN printf '#!/bin/sh\nexec python -m watch.cli "$@"\n' > /usr/local/bin/convention-watch \
    && chmod 0755 /usr/local/bin/convention-watch \
    && python -m compileall -q /opt/convention-watch
WORKDIR /var/lib/convention-watch
USER 50000:0
CMD ["convention-watch", "--help"]
