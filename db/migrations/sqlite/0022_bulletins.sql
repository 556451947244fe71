CREATE TABLE `bulletins` (
	`id` text PRIMARY KEY NOT NULL,
	`by_person` text NOT NULL,
	`platform` text NOT NULL,
	`at` integer NOT NULL,
	`plan` text NOT NULL,
	`views` blob NOT NULL,
	`state` text NOT NULL,
	`until` integer NOT NULL,
	`settled_by` text,
	`settled_at` integer
);
--> statement-breakpoint
CREATE INDEX `bulletins_at` ON `bulletins` (`at`);