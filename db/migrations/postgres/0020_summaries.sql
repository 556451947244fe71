CREATE TABLE "summaries" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"plan" text collate "C" NOT NULL,
	"until" bigint NOT NULL,
	"facts" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "summaries_plan" ON "summaries" USING btree ("plan","until");