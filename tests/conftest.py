"""What every test may ask for: real servers, each started when the first test asks for it."""

from tests.servers.elasticsearch import elasticsearch_server, secured_elasticsearch_server
from tests.servers.postgresql import postgresql_server

__all__ = ["elasticsearch_server", "postgresql_server", "secured_elasticsearch_server"]
