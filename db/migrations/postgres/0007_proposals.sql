CREATE TABLE "looks" (
	"incident" text collate "C" PRIMARY KEY NOT NULL,
	"due_at" bigint NOT NULL,
	"round" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "patterns" (
	"protocol" text collate "C" PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"protocol" text collate "C" NOT NULL,
	"trigger" text collate "C" NOT NULL,
	"region" text collate "C" NOT NULL,
	"about" text collate "C" NOT NULL,
	"severity" bigint NOT NULL,
	"incidents" text NOT NULL,
	"state" text collate "C" NOT NULL,
	"itself" boolean NOT NULL,
	"told" bigint NOT NULL,
	"rung" bigint NOT NULL,
	"at" bigint NOT NULL,
	"due_at" bigint,
	"answered_by" text collate "C",
	"answered_at" bigint,
	"why" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "proposed" (
	"incident" text collate "C" NOT NULL,
	"proposal" text collate "C" NOT NULL,
	CONSTRAINT "proposed_incident_proposal_pk" PRIMARY KEY("incident","proposal")
);
--> statement-breakpoint
CREATE INDEX "looks_due" ON "looks" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "proposals_due" ON "proposals" USING btree ("due_at") WHERE "proposals"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "proposals_open" ON "proposals" USING btree ("region","at") WHERE "proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "proposals_answered" ON "proposals" USING btree ("answered_at") WHERE "proposals"."answered_at" is not null;--> statement-breakpoint
CREATE INDEX "proposed_proposal" ON "proposed" USING btree ("proposal");