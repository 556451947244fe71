CREATE TABLE "tasks" (
	"incident" text collate "C" NOT NULL,
	"run" text collate "C" NOT NULL,
	"step" text collate "C" NOT NULL,
	"person" text collate "C" NOT NULL,
	"due_at" bigint,
	CONSTRAINT "tasks_incident_run_step_person_pk" PRIMARY KEY("incident","run","step","person")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "skills" text;--> statement-breakpoint
CREATE INDEX "tasks_person" ON "tasks" USING btree ("person","due_at");