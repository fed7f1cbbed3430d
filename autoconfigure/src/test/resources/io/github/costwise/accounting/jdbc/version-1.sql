-- What a ledger of the first version of the schema holds: its version and rows.
create table costwise_schema (part varchar(50) not null primary key, version integer not null);

insert into costwise_schema (part, version) values ('ledger', 1);

insert into costwise_turn
	(id, parent_turn_id, started_at, usage_day, latency_nanos, feature, tenant, user_id, tags, policy, tier, tier_cause, prompt_version, routing_version, outcome, cache_outcome, calls, cost_nanos, saved_nanos)
values ('t1', null, timestamp with time zone '2026-03-02 10:00:00+00', date '2026-03-02', 500000000, 'support', 'acme', 'ann', '{"team":"red"}', 'default', 'AUTO', 'client-model', 'v2', null, 'ANSWERED', 'NOT_USED', 1, 1000000, -250000);

insert into costwise_call
	(id, turn_id, round, started_at, usage_day, latency_nanos, first_token_nanos, feature, tenant, user_id, tags, policy, prompt_version, routing_version, operation, purpose, provider, requested_model, answered_model, service_tier, outcome, error_type, attempts, streamed, coverage, usage_source, units_input, units_input_audio, units_input_image, units_input_video, units_cache_read, units_cache_read_audio, units_cache_read_image, units_cache_read_video, units_cache_write_5m, units_cache_write_1h, units_output, units_output_reasoning, units_output_audio, units_output_image, units_web_search, cost_nanos, input_nanos, cached_nanos, output_nanos, other_nanos, price_state, catalog_version, price_tier, retry_spend, estimated)
values ('c1', 't1', 1, timestamp with time zone '2026-03-02 10:00:00+00', date '2026-03-02', 420000000, 90000000, 'support', 'acme', 'ann', '{"team":"red"}', 'default', 'v2', null, 'CHAT', 'ANSWER', 'openai', 'gpt-5', 'gpt-5-mini', 'STANDARD', 'SUCCEEDED', null, '[{"number":1,"status":200,"latencyNanos":400000000,"outcome":"ok"}]', true, 'MANAGED', 'REPORTED', 1000, 0, 0, 0, 300, 0, 0, 0, 200, 0, 80, 20, 0, 0, 1, 1000000, 400000, 100000, 450000, 50000, 'EXACT', '2026-03-01', 'standard', false, false);
