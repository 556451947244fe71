CREATE TABLE "exports" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"platform" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"plan" text NOT NULL,
	"reason" "bytea" NOT NULL,
	"state" text collate "C" NOT NULL,
	"until" bigint NOT NULL,
	"settled_by" text collate "C",
	"settled_at" bigint,
	"secret" "bytea",
	"taken_at" bigint,
	"rows" bigint
);
--> statement-breakpoint
CREATE INDEX "exports_at" ON "exports" USING btree ("at");