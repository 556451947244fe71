-- Written by hand, because drizzle-kit knows no virtual tables: the words of incidents as keyed tokens, see db/search.ts.
create virtual table search using fts5(tokens, detail=none, columnsize=0, tokenize='ascii');
--> statement-breakpoint
-- What is taken out is overwritten, not only marked.
insert into search(search, rank) values('secure-delete', 1);
