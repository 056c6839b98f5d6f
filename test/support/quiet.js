/** n8n's own log lines about nodes that fail on purpose would drown the report. */
process.env.N8N_LOG_LEVEL = 'silent';
