CREATE TABLE "accounts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person" text collate "C" NOT NULL,
	"platform" text collate "C" NOT NULL,
	"lookup" text collate "C" NOT NULL,
	"address" "bytea" NOT NULL,
	"groups" text,
	CONSTRAINT "accounts_lookup_unique" UNIQUE("lookup")
);
--> statement-breakpoint
CREATE TABLE "blocks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"person" text collate "C" NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"reason" "bytea",
	"lifted_by" text collate "C",
	"lifted_at" bigint
);
--> statement-breakpoint
CREATE TABLE "card_messages" (
	"message" text collate "C" PRIMARY KEY NOT NULL,
	"incident" text collate "C" NOT NULL,
	"room" text collate "C" NOT NULL,
	"old" boolean
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"incident" text collate "C" NOT NULL,
	"room" text collate "C" NOT NULL,
	"lane" bigint NOT NULL,
	"wanted" bigint NOT NULL,
	"shown" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"generation" bigint NOT NULL,
	"message" text,
	"sent_at" bigint,
	"edits" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"due_at" bigint,
	"since" bigint,
	"error" text collate "C",
	CONSTRAINT "cards_incident_room_pk" PRIMARY KEY("incident","room")
);
--> statement-breakpoint
CREATE TABLE "closed_rooms" (
	"room" text collate "C" PRIMARY KEY NOT NULL,
	"reason" text collate "C" NOT NULL,
	"since" bigint NOT NULL,
	"tries" bigint NOT NULL,
	"next_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "codes" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"lookup" text collate "C" NOT NULL,
	"type" text collate "C" NOT NULL,
	"person" text collate "C",
	"account" text collate "C",
	"roles" text,
	"regions" text,
	"uses" bigint NOT NULL,
	"used" bigint NOT NULL,
	"at" bigint NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "codes_lookup_unique" UNIQUE("lookup")
);
--> statement-breakpoint
CREATE TABLE "deeds" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"by_person" text collate "C",
	"what" text collate "C" NOT NULL,
	"facts" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"room" text collate "C" NOT NULL,
	"incident" text collate "C" NOT NULL,
	"seq" bigint NOT NULL,
	"person" text collate "C",
	"at" bigint NOT NULL,
	"post" text collate "C",
	CONSTRAINT "digests_room_incident_seq_pk" PRIMARY KEY("room","incident","seq")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"form" text collate "C" PRIMARY KEY NOT NULL,
	"person" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"about" text collate "C" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"saved_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"person" text collate "C" PRIMARY KEY NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"person" text collate "C" PRIMARY KEY NOT NULL,
	"cursor" text collate "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fetches" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"incident" text collate "C" NOT NULL,
	"seq" bigint,
	"person" text collate "C",
	"platform" text collate "C" NOT NULL,
	"source" "bytea" NOT NULL,
	"attempts" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"error" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"incident" text collate "C",
	"meant" text collate "C",
	"person" text collate "C",
	"kind" text collate "C" NOT NULL,
	"type" text collate "C" NOT NULL,
	"size" bigint NOT NULL,
	"match" text collate "C",
	"record" "bytea",
	"path" text collate "C",
	"kept_at" bigint NOT NULL,
	"shredded_at" bigint
);
--> statement-breakpoint
CREATE TABLE "fingerprints" (
	"incident" text collate "C" PRIMARY KEY NOT NULL,
	"print" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "formers" (
	"person" text collate "C" PRIMARY KEY NOT NULL,
	"present" text collate "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"person" text collate "C",
	"received_at" bigint NOT NULL,
	"handled_at" bigint,
	"attempts" bigint NOT NULL,
	"due_at" bigint,
	"raw" "bytea",
	"scope" text collate "C",
	"answer" "bytea",
	"error" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"region" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"open" boolean NOT NULL,
	"triaged" boolean NOT NULL,
	"severity" bigint NOT NULL,
	"urgency" bigint NOT NULL,
	"kind" text collate "C",
	"credibility" text collate "C" NOT NULL,
	"mark" text collate "C" NOT NULL,
	"visibility" text collate "C" NOT NULL,
	"allowed" text collate "C",
	"county" text collate "C",
	"sources" bigint NOT NULL,
	"reporter" text collate "C",
	"claimer" text collate "C",
	"reported_at" bigint NOT NULL,
	"claimed_at" bigint,
	"resolved_at" bigint,
	"updated_at" bigint NOT NULL,
	"ended_at" bigint,
	"cleared" bigint NOT NULL,
	"unindexed" boolean NOT NULL,
	"hash" text collate "C" NOT NULL,
	"proof" text collate "C" NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "keys" (
	"scope" text collate "C" PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"holder" text collate "C" NOT NULL,
	"token" bigint NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "likes" (
	"other" text collate "C" NOT NULL,
	"incident" text collate "C" NOT NULL,
	CONSTRAINT "likes_other_incident_pk" PRIMARY KEY("other","incident")
);
--> statement-breakpoint
CREATE TABLE "memory" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"platform" text collate "C" NOT NULL,
	"value" "bytea" NOT NULL,
	"owner" text collate "C",
	"saved_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"account" text collate "C" NOT NULL,
	"incident" text collate "C" NOT NULL,
	"due_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "numbers" (
	"region" text collate "C" PRIMARY KEY NOT NULL,
	"next" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "origins" (
	"origin" text collate "C" NOT NULL,
	"incident" text collate "C" NOT NULL,
	"person" text collate "C" NOT NULL,
	CONSTRAINT "origins_origin_incident_person_pk" PRIMARY KEY("origin","incident","person")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"callsign" text collate "C" NOT NULL,
	"name" "bytea",
	"roles" text NOT NULL,
	"regions" text NOT NULL,
	"languages" text NOT NULL,
	"vetted" boolean NOT NULL,
	"quiet" text,
	"contact" "bytea",
	CONSTRAINT "people_callsign_unique" UNIQUE("callsign")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text collate "C" NOT NULL,
	"room" text collate "C",
	"account" text collate "C",
	"first" text collate "C",
	"incident" text collate "C",
	"thread" boolean NOT NULL,
	"conversation" text collate "C" NOT NULL,
	"lane" bigint NOT NULL,
	"view" "bytea" NOT NULL,
	"author" text collate "C",
	"anytime" boolean NOT NULL,
	"state" text collate "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"due_at" bigint,
	"sent_at" bigint,
	"message" "bytea",
	"error" text collate "C",
	CONSTRAINT "posts_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "practice_messages" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text collate "C",
	"room" text collate "C" NOT NULL,
	"thread" bigint,
	"author" text collate "C" NOT NULL,
	"body" text NOT NULL,
	"at" bigint NOT NULL,
	"edited_at" bigint,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "practice_messages_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"host" text collate "C" NOT NULL,
	"pid" bigint NOT NULL,
	"keys" text NOT NULL,
	"source" text collate "C" NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recalls" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"post" bigint,
	"incident" text collate "C",
	"room" text collate "C",
	"account" text collate "C",
	"message" text,
	"reason" text collate "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"due_at" bigint,
	"error" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"code" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"zone" text collate "C" NOT NULL,
	"places" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reveals" (
	"incident" text collate "C" NOT NULL,
	"seq" bigint NOT NULL,
	"person" text collate "C" NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "reveals_incident_seq_pk" PRIMARY KEY("incident","seq")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"purpose" text collate "C" NOT NULL,
	"region" text collate "C",
	"platform" text collate "C" NOT NULL,
	"address" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"language" text collate "C",
	"red" boolean NOT NULL,
	"talk" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "searched" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"incident" text collate "C" NOT NULL,
	"reported_at" bigint NOT NULL,
	CONSTRAINT "searched_incident_unique" UNIQUE("incident")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"value" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"lookup" text collate "C" PRIMARY KEY NOT NULL,
	"incident" text collate "C" NOT NULL,
	"item" text collate "C",
	"person" text collate "C" NOT NULL,
	"platform" text collate "C" NOT NULL,
	"until" bigint NOT NULL,
	"browser" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "timeline" (
	"incident" text collate "C" NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"by_person" text collate "C",
	"event" text NOT NULL,
	"digest" text collate "C",
	"hash" text collate "C" NOT NULL,
	CONSTRAINT "timeline_incident_seq_pk" PRIMARY KEY("incident","seq")
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"incident" text collate "C" NOT NULL,
	"clock" text collate "C" NOT NULL,
	"arming" bigint NOT NULL,
	"due_at" bigint,
	CONSTRAINT "timers_incident_clock_pk" PRIMARY KEY("incident","clock")
);
--> statement-breakpoint
CREATE TABLE "triage_acts" (
	"act" text collate "C" NOT NULL,
	"incident" text collate "C" NOT NULL,
	"person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "triage_acts_act_incident_pk" PRIMARY KEY("act","incident")
);
--> statement-breakpoint
CREATE TABLE "triage_leases" (
	"incident" text collate "C" PRIMARY KEY NOT NULL,
	"person" text collate "C" NOT NULL,
	"batch" text collate "C" NOT NULL,
	"place" bigint NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tries" (
	"account" text collate "C" PRIMARY KEY NOT NULL,
	"since" bigint NOT NULL,
	"count" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "utterances" (
	"message" text collate "C" PRIMARY KEY NOT NULL,
	"incident" text collate "C",
	"seq" bigint,
	"wording" bigint,
	"person" text collate "C",
	"at" bigint NOT NULL,
	"gone" boolean NOT NULL,
	"early" "bytea",
	"timed" boolean NOT NULL,
	"due_at" bigint
);
--> statement-breakpoint
CREATE TABLE "words" (
	"incident" text collate "C" NOT NULL,
	"seq" bigint NOT NULL,
	"person" text collate "C",
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "words_incident_seq_pk" PRIMARY KEY("incident","seq")
);
--> statement-breakpoint
CREATE INDEX "accounts_person" ON "accounts" USING btree ("person");--> statement-breakpoint
CREATE INDEX "blocks_person" ON "blocks" USING btree ("person");--> statement-breakpoint
CREATE INDEX "card_messages_old" ON "card_messages" USING btree ("incident") WHERE "card_messages"."old" = true;--> statement-breakpoint
CREATE INDEX "cards_queue" ON "cards" USING btree ("lane","due_at") WHERE "cards"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "cards_stuck" ON "cards" USING btree ("room") WHERE "cards"."state" in ('failed', 'unsure', 'parked', 'kept');--> statement-breakpoint
CREATE INDEX "codes_person" ON "codes" USING btree ("person");--> statement-breakpoint
CREATE INDEX "digests_entry" ON "digests" USING btree ("incident","seq");--> statement-breakpoint
CREATE INDEX "digests_post" ON "digests" USING btree ("post");--> statement-breakpoint
CREATE INDEX "digests_person" ON "digests" USING btree ("person");--> statement-breakpoint
CREATE INDEX "drafts_person" ON "drafts" USING btree ("person","name");--> statement-breakpoint
CREATE INDEX "fetches_due" ON "fetches" USING btree ("platform","due_at");--> statement-breakpoint
CREATE INDEX "fetches_incident" ON "fetches" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "files_incident" ON "files" USING btree ("incident","kept_at") WHERE "files"."incident" is not null;--> statement-breakpoint
CREATE INDEX "files_match" ON "files" USING btree ("match") WHERE "files"."match" is not null;--> statement-breakpoint
CREATE INDEX "files_unclaimed" ON "files" USING btree ("kept_at") WHERE "files"."incident" is null;--> statement-breakpoint
CREATE INDEX "files_shredded" ON "files" USING btree ("shredded_at") WHERE "files"."shredded_at" is not null and "files"."path" is not null;--> statement-breakpoint
CREATE INDEX "fingerprints_print" ON "fingerprints" USING btree ("print");--> statement-breakpoint
CREATE INDEX "formers_present" ON "formers" USING btree ("present");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("due_at") WHERE "inbox"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "incidents_unindexed" ON "incidents" USING btree ("reported_at") WHERE "incidents"."unindexed" = true;--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("urgency","reported_at","id") WHERE "incidents"."open" = true;--> statement-breakpoint
CREATE INDEX "incidents_waiting" ON "incidents" USING btree ("urgency","reported_at","id") WHERE "incidents"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "incidents_region" ON "incidents" USING btree ("region","reported_at","id");--> statement-breakpoint
CREATE INDEX "incidents_near" ON "incidents" USING btree ("region","county","reported_at","id","kind","severity","visibility") WHERE "incidents"."open" = true;--> statement-breakpoint
CREATE INDEX "incidents_claimer" ON "incidents" USING btree ("claimer","reported_at","id") WHERE "incidents"."claimer" is not null;--> statement-breakpoint
CREATE INDEX "incidents_reporter" ON "incidents" USING btree ("reporter","reported_at","id");--> statement-breakpoint
CREATE INDEX "incidents_resolved" ON "incidents" USING btree ("resolved_at","severity","status","region","reported_at","visibility") WHERE "incidents"."resolved_at" is not null;--> statement-breakpoint
CREATE INDEX "incidents_ended" ON "incidents" USING btree ("cleared","ended_at") WHERE "incidents"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "incidents_reported" ON "incidents" USING btree ("reported_at","id","region","severity","status","kind","credibility","visibility","county","claimed_at","resolved_at");--> statement-breakpoint
CREATE INDEX "memory_owner" ON "memory" USING btree ("owner") WHERE "memory"."owner" is not null;--> statement-breakpoint
CREATE INDEX "memory_saved" ON "memory" USING btree ("saved_at") WHERE "memory"."owner" is not null;--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("due_at","account");--> statement-breakpoint
CREATE INDEX "origins_incident" ON "origins" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "posts_queue" ON "posts" USING btree ("lane","id") WHERE "posts"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "posts_conversation" ON "posts" USING btree ("conversation","id") WHERE "posts"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "posts_stuck" ON "posts" USING btree ("id") WHERE "posts"."state" in ('failed', 'unsure', 'parked', 'kept');--> statement-breakpoint
CREATE INDEX "posts_worded" ON "posts" USING btree ("incident","author") WHERE "posts"."author" is not null;--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author","id") WHERE "posts"."author" is not null;--> statement-breakpoint
CREATE INDEX "practice_messages_room" ON "practice_messages" USING btree ("room","id");--> statement-breakpoint
CREATE INDEX "practice_messages_changed" ON "practice_messages" USING btree ("changed_at","id");--> statement-breakpoint
CREATE INDEX "practice_messages_thread" ON "practice_messages" USING btree ("thread","id");--> statement-breakpoint
CREATE INDEX "recalls_due" ON "recalls" USING btree ("due_at") WHERE "recalls"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "recalls_post" ON "recalls" USING btree ("post");--> statement-breakpoint
CREATE INDEX "reveals_person" ON "reveals" USING btree ("person","at");--> statement-breakpoint
CREATE INDEX "searched_reported" ON "searched" USING btree ("reported_at");--> statement-breakpoint
CREATE INDEX "tickets_until" ON "tickets" USING btree ("until");--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("due_at") WHERE "timers"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "triage_acts_at" ON "triage_acts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "triage_leases_person" ON "triage_leases" USING btree ("person","until");--> statement-breakpoint
CREATE INDEX "utterances_entry" ON "utterances" USING btree ("incident","seq");--> statement-breakpoint
CREATE INDEX "utterances_person" ON "utterances" USING btree ("person");--> statement-breakpoint
CREATE INDEX "utterances_due" ON "utterances" USING btree ("due_at");