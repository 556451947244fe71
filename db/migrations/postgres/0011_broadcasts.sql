CREATE TABLE "broadcast_entries" (
	"broadcast" text collate "C" NOT NULL,
	"seq" bigint NOT NULL,
	"by" text collate "C",
	"at" bigint NOT NULL,
	"content" "bytea" NOT NULL,
	"hash" text collate "C" NOT NULL,
	CONSTRAINT "broadcast_entries_broadcast_seq_pk" PRIMARY KEY("broadcast","seq")
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"urgency" text collate "C" NOT NULL,
	"by" text collate "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"due_at" bigint,
	"recurring" text collate "C",
	"content" "bytea" NOT NULL,
	CONSTRAINT "broadcasts_recurring_unique" UNIQUE("recurring")
);
--> statement-breakpoint
CREATE TABLE "recipients" (
	"broadcast" text collate "C" NOT NULL,
	"key" text collate "C" NOT NULL,
	"person" text collate "C",
	"room" text collate "C",
	"region" text collate "C",
	"language" text collate "C" NOT NULL,
	"platform" text collate "C",
	"account" text collate "C",
	"first" boolean NOT NULL,
	"rank" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"turn" bigint NOT NULL,
	"post" text collate "C",
	"given_at" bigint,
	"wave" bigint NOT NULL,
	"nudges" bigint NOT NULL,
	"nudged_at" bigint,
	"handed_at" bigint,
	"answer" text collate "C",
	"answered_at" bigint,
	"said" "bytea",
	"incident" text collate "C",
	"error" text collate "C",
	CONSTRAINT "recipients_broadcast_key_pk" PRIMARY KEY("broadcast","key")
);
--> statement-breakpoint
CREATE INDEX "broadcasts_due" ON "broadcasts" USING btree ("due_at") WHERE "broadcasts"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "broadcasts_state" ON "broadcasts" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "recipients_queue" ON "recipients" USING btree ("broadcast","platform","rank") WHERE "recipients"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "recipients_person" ON "recipients" USING btree ("person","given_at") WHERE "recipients"."person" is not null;--> statement-breakpoint
CREATE INDEX "recipients_post" ON "recipients" USING btree ("post") WHERE "recipients"."post" is not null;