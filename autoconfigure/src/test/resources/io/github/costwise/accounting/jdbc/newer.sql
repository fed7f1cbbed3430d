-- What a later release may make of the tables, and rows that it may write.
alter table costwise_call add column settled_by varchar not null default 'unknown';

alter table costwise_call add column carbon_grams bigint;

alter table costwise_turn add column saved_context_nanos bigint not null default 0;

update costwise_schema set version = 99 where part = 'ledger';

insert into costwise_turn
	(id, parent_turn_id, started_at, usage_day, latency_nanos, feature, tenant, user_id, tags, policy, tier, tier_cause, prompt_version, routing_version, outcome, cache_outcome, calls, cost_nanos, saved_nanos, saved_cache_nanos, saved_routing_nanos, own_nanos)
values ('t9', null, timestamp with time zone '2026-03-02 10:00:00+00', date '2026-03-02', 500000000, 'support', 'acme', 'ann', '{}', 'default', 'ULTRA', 'client-model', null, null, 'PAUSED', 'SHADOWED', 1, 1000000, 7, 5, 3, 1);

insert into costwise_call
	(id, turn_id, round, started_at, usage_day, latency_nanos, first_token_nanos, feature, tenant, user_id, tags, policy, prompt_version, routing_version, operation, purpose, provider, requested_model, answered_model, service_tier, outcome, error_type, attempts, streamed, coverage, usage_source, units_input, units_input_audio, units_input_image, units_input_video, units_cache_read, units_cache_read_audio, units_cache_read_image, units_cache_read_video, units_cache_write_5m, units_cache_write_1h, units_output, units_output_reasoning, units_output_audio, units_output_image, units_web_search, cost_nanos, input_nanos, cached_nanos, output_nanos, other_nanos, price_state, catalog_version, price_tier, retry_spend, estimated, list_nanos, price_reasons, deployment, settled_by)
values ('c9', 't9', 1, timestamp with time zone '2026-03-02 10:00:00+00', date '2026-03-02', 420000000, 90000000, 'support', 'acme', 'ann', '{"team":"red"}', 'default', 'v2', null, 'RERANK', 'BATCH_ROUND', 'openai', 'gpt-5', 'gpt-5-mini', 'HYPER', 'PAUSED', null, '[{"number":1,"status":200,"latencyNanos":400000000,"outcome":"ok"}]', true, 'SIDECAR', 'SETTLED', 1000, 0, 0, 0, 300, 0, 0, 0, 200, 0, 80, 20, 0, 0, 1, 1000000, 400000, 100000, 450000, 50000, 'PROVISIONAL', '2026-03-01', 'standard', false, true, 1250000, 'host-unknown,sun-spots', 'd787697d7', 'hand');
