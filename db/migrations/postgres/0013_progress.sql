CREATE TABLE "progress" (
	"broadcast" text collate "C" PRIMARY KEY NOT NULL,
	"posts" text NOT NULL,
	"round" bigint NOT NULL,
	"few" bigint NOT NULL,
	"shown" text collate "C" NOT NULL,
	"step" text collate "C" NOT NULL,
	"drawn_at" bigint NOT NULL,
	"closed_at" bigint
);
