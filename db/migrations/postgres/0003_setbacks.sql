CREATE TABLE "setbacks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"room" text collate "C",
	"account" text collate "C",
	"incident" text collate "C",
	"item" text,
	"reason" text collate "C",
	"at" bigint NOT NULL,
	"told_at" bigint,
	CONSTRAINT "setbacks_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sightings" (
	"message" text collate "C" PRIMARY KEY NOT NULL,
	"key" text collate "C" NOT NULL,
	"sent_at" bigint NOT NULL,
	"received" bigint NOT NULL,
	"read" bigint NOT NULL,
	"at" bigint,
	"people" "bytea"
);
--> statement-breakpoint
CREATE INDEX "setbacks_new" ON "setbacks" USING btree ("id") WHERE "setbacks"."told_at" is null;--> statement-breakpoint
CREATE INDEX "setbacks_told" ON "setbacks" USING btree ("told_at") WHERE "setbacks"."told_at" is not null;--> statement-breakpoint
CREATE INDEX "sightings_key" ON "sightings" USING btree ("key");--> statement-breakpoint
CREATE INDEX "sightings_sent" ON "sightings" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "inbox_parked" ON "inbox" USING btree ("received_at") WHERE "inbox"."raw" is not null and "inbox"."due_at" is null;--> statement-breakpoint
CREATE INDEX "posts_settled" ON "posts" USING btree ("incident","id") WHERE "posts"."due_at" is null and "posts"."incident" is not null;