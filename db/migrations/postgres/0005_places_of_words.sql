ALTER TABLE "utterances" ADD COLUMN "tool" text collate "C";--> statement-breakpoint
ALTER TABLE "utterances" ADD COLUMN "place" "bytea";