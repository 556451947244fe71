CREATE TABLE "handouts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"messenger" text collate "C" NOT NULL,
	"message" text collate "C",
	"version" bigint,
	"broadcast" text collate "C",
	"region" text collate "C",
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"words" "bytea" NOT NULL,
	"received" text collate "C",
	"reach" bigint,
	"note" "bytea",
	"told_at" bigint
);
--> statement-breakpoint
CREATE TABLE "message_uses" (
	"message" text collate "C" NOT NULL,
	"broadcast" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	"region" text collate "C",
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "message_uses_message_broadcast_pk" PRIMARY KEY("message","broadcast")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	"rev" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"by_person" text collate "C",
	"at" bigint NOT NULL,
	"approvals" text NOT NULL,
	"settled_by" text collate "C",
	"settled_at" bigint,
	"reason" "bytea",
	"content" "bytea" NOT NULL,
	CONSTRAINT "messages_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "messengers" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person" text collate "C" NOT NULL,
	"alias" text collate "C" NOT NULL,
	"kinds" text NOT NULL,
	"regions" text NOT NULL,
	"languages" text NOT NULL,
	"through" text collate "C" NOT NULL,
	"added_by" text collate "C" NOT NULL,
	"added_at" bigint NOT NULL,
	"consent_at" bigint NOT NULL,
	"consent_until" bigint,
	"content" "bytea" NOT NULL,
	CONSTRAINT "messengers_alias_unique" UNIQUE("alias")
);
--> statement-breakpoint
CREATE INDEX "handouts_at" ON "handouts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "handouts_messenger" ON "handouts" USING btree ("messenger","at");--> statement-breakpoint
CREATE INDEX "handouts_message" ON "handouts" USING btree ("message","at");--> statement-breakpoint
CREATE INDEX "message_uses_at" ON "message_uses" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_rev" ON "messages" USING btree ("id","rev");--> statement-breakpoint
CREATE INDEX "messengers_person" ON "messengers" USING btree ("person");