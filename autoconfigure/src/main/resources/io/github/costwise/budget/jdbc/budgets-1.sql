create table if not exists costwise_budget_account (
	id varchar(64) not null primary key,
	budget varchar(255) not null,
	owner varchar not null,
	content varchar not null,
	used_percent integer not null,
	idle_at bigint not null
);

create index if not exists costwise_budget_account_budget on costwise_budget_account (budget);

create table if not exists costwise_budget_hold (
	id varchar(128) not null primary key,
	stage varchar(10) not null,
	version bigint not null,
	due_at bigint not null,
	content varchar not null
);

create index if not exists costwise_budget_hold_due on costwise_budget_hold (stage, due_at);

create table if not exists costwise_budget_once (
	id varchar(64) not null primary key,
	until_at bigint not null
);

create table if not exists costwise_budget_change (
	position bigint not null primary key,
	content varchar not null
);

create table if not exists costwise_budget_room (
	id integer not null primary key,
	events bigint not null
);
