CREATE TABLE "alarms" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"method" text collate "C" NOT NULL,
	"region" text collate "C" NOT NULL,
	"kinds" text collate "C",
	"day" text collate "C" NOT NULL,
	"level" text collate "C" NOT NULL,
	"count" bigint NOT NULL,
	"facts" text NOT NULL,
	"told" bigint NOT NULL,
	"found_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"answered_by" text collate "C",
	"answered_at" bigint,
	"why" "bytea"
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"region" text collate "C" NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"why" "bytea",
	"lifted_by" text collate "C",
	"lifted_at" bigint,
	"lifted_for" "bytea"
);
--> statement-breakpoint
CREATE TABLE "computings" (
	"region" text collate "C" NOT NULL,
	"day" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "computings_region_day_pk" PRIMARY KEY("region","day")
);
--> statement-breakpoint
CREATE INDEX "alarms_region" ON "alarms" USING btree ("region","ends_at");--> statement-breakpoint
CREATE INDEX "alarms_found" ON "alarms" USING btree ("found_at");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_standing" ON "alerts" USING btree ("region") WHERE "alerts"."lifted_at" is null;