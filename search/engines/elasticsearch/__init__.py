"""The Elasticsearch engine, for any cluster of version 9: https://host:9200 in `ELASTICSEARCH_URL`.

`cluster` asks the server (with `breaker`, `troubles`), `mappings` says what it holds, `generations`, `bulk`,
`passages` and `lexicon` write, `query`, `answers` and `engine` read.
"""
