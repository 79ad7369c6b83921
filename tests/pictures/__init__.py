"""Pictures of Kibana's dashboards for the documentation, drawn from the answers of a real Elasticsearch."""
