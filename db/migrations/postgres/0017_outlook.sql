CREATE TABLE "briefs" (
	"region" text collate "C" NOT NULL,
	"week" text collate "C" NOT NULL,
	"scores" text NOT NULL,
	"words" "bytea" NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "briefs_region_week_pk" PRIMARY KEY("region","week")
);
--> statement-breakpoint
CREATE TABLE "feeds" (
	"person" text collate "C" PRIMARY KEY NOT NULL,
	"lookup" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "feeds_lookup_unique" UNIQUE("lookup")
);
--> statement-breakpoint
CREATE TABLE "gists" (
	"term" bigint NOT NULL,
	"incident" text collate "C" NOT NULL,
	CONSTRAINT "gists_term_incident_pk" PRIMARY KEY("term","incident")
);
--> statement-breakpoint
CREATE TABLE "happenings" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"name" "bytea",
	"region" text collate "C",
	"begins" bigint NOT NULL,
	"ends" bigint NOT NULL,
	"all_day" boolean NOT NULL,
	"incident" text collate "C",
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "happenings_incident_unique" UNIQUE("incident")
);
--> statement-breakpoint
CREATE TABLE "heard" (
	"incident" text collate "C" PRIMARY KEY NOT NULL,
	"rumour" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"by_hand" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rumours" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"state" text collate "C" NOT NULL,
	"about" "bytea",
	"answered_with" text collate "C",
	"joined" text collate "C",
	"at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"changed_by" text collate "C"
);
--> statement-breakpoint
CREATE INDEX "gists_incident" ON "gists" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "happenings_ends" ON "happenings" USING btree ("ends","begins");--> statement-breakpoint
CREATE INDEX "heard_rumour" ON "heard" USING btree ("rumour","at");--> statement-breakpoint
CREATE INDEX "rumours_last" ON "rumours" USING btree ("last_at");