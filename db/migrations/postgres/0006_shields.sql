CREATE TABLE "shields" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"person" text collate "C" NOT NULL,
	"alias" text collate "C" NOT NULL,
	"cut" boolean NOT NULL,
	"called" boolean NOT NULL,
	"by_person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"reason" "bytea",
	"lifted_by" text collate "C",
	"lifted_at" bigint,
	"lifted_for" "bytea",
	"cursor" text collate "C",
	"due_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "shields_person" ON "shields" USING btree ("person");