CREATE TABLE `looks` (
	`incident` text PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL,
	`round` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `looks_due` ON `looks` (`due_at`);--> statement-breakpoint
CREATE TABLE `patterns` (
	`protocol` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`protocol` text NOT NULL,
	`trigger` text NOT NULL,
	`region` text NOT NULL,
	`about` text NOT NULL,
	`severity` integer NOT NULL,
	`incidents` text NOT NULL,
	`state` text NOT NULL,
	`itself` integer NOT NULL,
	`told` integer NOT NULL,
	`rung` integer NOT NULL,
	`at` integer NOT NULL,
	`due_at` integer,
	`answered_by` text,
	`answered_at` integer,
	`why` text
);
--> statement-breakpoint
CREATE INDEX `proposals_due` ON `proposals` (`due_at`) WHERE "proposals"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `proposals_open` ON `proposals` (`region`,`at`) WHERE "proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX `proposals_answered` ON `proposals` (`answered_at`) WHERE "proposals"."answered_at" is not null;--> statement-breakpoint
CREATE TABLE `proposed` (
	`incident` text NOT NULL,
	`proposal` text NOT NULL,
	PRIMARY KEY(`incident`, `proposal`)
);
--> statement-breakpoint
CREATE INDEX `proposed_proposal` ON `proposed` (`proposal`);