CREATE TABLE `alarms` (
	`id` text PRIMARY KEY NOT NULL,
	`method` text NOT NULL,
	`region` text NOT NULL,
	`kinds` text,
	`day` text NOT NULL,
	`level` text NOT NULL,
	`count` integer NOT NULL,
	`facts` text NOT NULL,
	`told` integer NOT NULL,
	`found_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`answered_by` text,
	`answered_at` integer,
	`why` blob
);
--> statement-breakpoint
CREATE INDEX `alarms_region` ON `alarms` (`region`,`ends_at`);--> statement-breakpoint
CREATE INDEX `alarms_found` ON `alarms` (`found_at`);--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`region` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`why` blob,
	`lifted_by` text,
	`lifted_at` integer,
	`lifted_for` blob
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_standing` ON `alerts` (`region`) WHERE "alerts"."lifted_at" is null;--> statement-breakpoint
CREATE TABLE `computings` (
	`region` text NOT NULL,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`region`, `day`)
);
