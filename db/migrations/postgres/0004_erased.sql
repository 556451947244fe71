CREATE TABLE "erased" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"what" text collate "C" NOT NULL
);
