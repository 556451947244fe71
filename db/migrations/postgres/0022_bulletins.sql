CREATE TABLE "bulletins" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"platform" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"plan" text NOT NULL,
	"views" "bytea" NOT NULL,
	"state" text collate "C" NOT NULL,
	"until" bigint NOT NULL,
	"settled_by" text collate "C",
	"settled_at" bigint
);
--> statement-breakpoint
CREATE INDEX "bulletins_at" ON "bulletins" USING btree ("at");