CREATE TABLE `drills` (
	`id` text PRIMARY KEY NOT NULL,
	`region` text NOT NULL,
	`protocol` text,
	`scenario` text,
	`rooms` text NOT NULL,
	`people` text NOT NULL,
	`by_person` text NOT NULL,
	`speed` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`ended_at` integer,
	`why` text,
	`because` text,
	`settled_at` integer,
	`script` blob NOT NULL,
	`played` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drills_started` ON `drills` (`started_at`);--> statement-breakpoint
ALTER TABLE `incidents` ADD `drill` text;--> statement-breakpoint
CREATE INDEX `incidents_drill` ON `incidents` (`drill`,`reported_at`) WHERE "incidents"."drill" is not null;