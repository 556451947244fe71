-- Written by hand as its twin on SQLite: the words of incidents as keyed tokens, see db/search.ts.
create table search (n bigint primary key, tokens bigint[] not null);
--> statement-breakpoint
create index search_tokens on search using gin (tokens);
