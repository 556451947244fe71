CREATE TABLE `broadcast_entries` (
	`broadcast` text NOT NULL,
	`seq` integer NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	`content` blob NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`broadcast`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `broadcasts` (
	`id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`state` text NOT NULL,
	`urgency` text NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer,
	`recurring` text,
	`content` blob NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `broadcasts_recurring_unique` ON `broadcasts` (`recurring`);--> statement-breakpoint
CREATE INDEX `broadcasts_due` ON `broadcasts` (`due_at`) WHERE "broadcasts"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `broadcasts_state` ON `broadcasts` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `recipients` (
	`broadcast` text NOT NULL,
	`key` text NOT NULL,
	`person` text,
	`room` text,
	`region` text,
	`language` text NOT NULL,
	`platform` text,
	`account` text,
	`first` integer NOT NULL,
	`rank` integer NOT NULL,
	`state` text NOT NULL,
	`turn` integer NOT NULL,
	`post` text,
	`given_at` integer,
	`wave` integer NOT NULL,
	`nudges` integer NOT NULL,
	`nudged_at` integer,
	`handed_at` integer,
	`answer` text,
	`answered_at` integer,
	`said` blob,
	`incident` text,
	`error` text,
	PRIMARY KEY(`broadcast`, `key`)
);
--> statement-breakpoint
CREATE INDEX `recipients_queue` ON `recipients` (`broadcast`,`platform`,`rank`) WHERE "recipients"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX `recipients_person` ON `recipients` (`person`,`given_at`) WHERE "recipients"."person" is not null;--> statement-breakpoint
CREATE INDEX `recipients_post` ON `recipients` (`post`) WHERE "recipients"."post" is not null;