create table if not exists costwise_budget_account (
	id varchar(64) character set ascii collate ascii_bin not null primary key,
	budget varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin not null,
	owner text character set utf8mb4 collate utf8mb4_nopad_bin not null,
	content mediumtext character set ascii collate ascii_bin not null,
	used_percent integer not null,
	idle_at bigint not null,
	index costwise_budget_account_budget (budget)
);

create table if not exists costwise_budget_hold (
	id varchar(128) character set utf8mb4 collate utf8mb4_nopad_bin not null primary key,
	stage varchar(10) character set ascii collate ascii_bin not null,
	version bigint not null,
	due_at bigint not null,
	content mediumtext character set utf8mb4 collate utf8mb4_nopad_bin not null,
	index costwise_budget_hold_due (stage, due_at)
);

create table if not exists costwise_budget_once (
	id varchar(64) character set ascii collate ascii_bin not null primary key,
	until_at bigint not null
);

create table if not exists costwise_budget_change (
	position bigint not null primary key,
	content text character set utf8mb4 collate utf8mb4_nopad_bin not null
);

create table if not exists costwise_budget_room (
	id integer not null primary key,
	events bigint not null
);
