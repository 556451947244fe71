CREATE TABLE `tasks` (
	`incident` text NOT NULL,
	`run` text NOT NULL,
	`step` text NOT NULL,
	`person` text NOT NULL,
	`due_at` integer,
	PRIMARY KEY(`incident`, `run`, `step`, `person`)
);
--> statement-breakpoint
CREATE INDEX `tasks_person` ON `tasks` (`person`,`due_at`);--> statement-breakpoint
ALTER TABLE `people` ADD `skills` text;