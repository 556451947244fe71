CREATE TABLE "pulses" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"host" text collate "C" NOT NULL,
	"version" text collate "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"at" bigint NOT NULL,
	"facts" text NOT NULL
);
