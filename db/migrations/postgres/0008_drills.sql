CREATE TABLE "drills" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"region" text collate "C" NOT NULL,
	"protocol" text collate "C",
	"scenario" text collate "C",
	"rooms" text NOT NULL,
	"people" text NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"speed" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"ended_at" bigint,
	"why" text collate "C",
	"because" text collate "C",
	"settled_at" bigint,
	"script" "bytea" NOT NULL,
	"played" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "drill" text collate "C";--> statement-breakpoint
CREATE INDEX "drills_started" ON "drills" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "incidents_drill" ON "incidents" USING btree ("drill","reported_at") WHERE "incidents"."drill" is not null;