CREATE TABLE `shields` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person` text NOT NULL,
	`alias` text NOT NULL,
	`cut` integer NOT NULL,
	`called` integer NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`reason` blob,
	`lifted_by` text,
	`lifted_at` integer,
	`lifted_for` blob,
	`cursor` text,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `shields_person` ON `shields` (`person`);