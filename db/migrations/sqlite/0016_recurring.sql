CREATE TABLE `recurring` (
	`name` text PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`since` integer NOT NULL,
	`paused_at` integer,
	`paused_by` text
);
--> statement-breakpoint
CREATE TABLE `recurring_approvals` (
	`name` text NOT NULL,
	`digest` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	`people` integer NOT NULL,
	`rooms` integer NOT NULL,
	PRIMARY KEY(`name`, `digest`, `person`)
);
