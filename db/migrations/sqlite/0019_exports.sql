CREATE TABLE `exports` (
	`id` text PRIMARY KEY NOT NULL,
	`by_person` text NOT NULL,
	`platform` text NOT NULL,
	`at` integer NOT NULL,
	`plan` text NOT NULL,
	`reason` blob NOT NULL,
	`state` text NOT NULL,
	`until` integer NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	`secret` blob,
	`taken_at` integer,
	`rows` integer
);
--> statement-breakpoint
CREATE INDEX `exports_at` ON `exports` (`at`);