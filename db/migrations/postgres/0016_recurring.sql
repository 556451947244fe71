CREATE TABLE "recurring" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"digest" text collate "C" NOT NULL,
	"since" bigint NOT NULL,
	"paused_at" bigint,
	"paused_by" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "recurring_approvals" (
	"name" text collate "C" NOT NULL,
	"digest" text collate "C" NOT NULL,
	"person" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"people" bigint NOT NULL,
	"rooms" bigint NOT NULL,
	CONSTRAINT "recurring_approvals_name_digest_person_pk" PRIMARY KEY("name","digest","person")
);
