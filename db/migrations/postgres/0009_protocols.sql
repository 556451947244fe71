CREATE TABLE "protocols" (
	"id" text collate "C" NOT NULL,
	"rev" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	"body" text NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "protocols_id_rev_pk" PRIMARY KEY("id","rev")
);
