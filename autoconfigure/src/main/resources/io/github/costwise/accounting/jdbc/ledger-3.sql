create table if not exists costwise_budget_entry (
	id varchar not null primary key,
	started_at timestamp with time zone not null,
	usage_day date not null,
	budget varchar not null,
	action varchar not null,
	owner varchar,
	unit varchar not null,
	amount bigint not null,
	why varchar not null,
	who varchar
);

create index if not exists costwise_budget_entry_started_at on costwise_budget_entry (started_at);
