alter table costwise_call add column if not exists list_nanos bigint;

alter table costwise_call add column if not exists price_reasons varchar;

alter table costwise_call add column if not exists deployment varchar;

alter table costwise_turn add column if not exists saved_cache_nanos bigint;

alter table costwise_turn add column if not exists saved_routing_nanos bigint;

alter table costwise_turn add column if not exists own_nanos bigint;
