CREATE TABLE `setbacks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`room` text,
	`account` text,
	`incident` text,
	`item` text,
	`reason` text,
	`at` integer NOT NULL,
	`told_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `setbacks_key_unique` ON `setbacks` (`key`);--> statement-breakpoint
CREATE INDEX `setbacks_new` ON `setbacks` (`id`) WHERE "setbacks"."told_at" is null;--> statement-breakpoint
CREATE INDEX `setbacks_told` ON `setbacks` (`told_at`) WHERE "setbacks"."told_at" is not null;--> statement-breakpoint
CREATE TABLE `sightings` (
	`message` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`sent_at` integer NOT NULL,
	`received` integer NOT NULL,
	`read` integer NOT NULL,
	`at` integer,
	`people` blob
);
--> statement-breakpoint
CREATE INDEX `sightings_key` ON `sightings` (`key`);--> statement-breakpoint
CREATE INDEX `sightings_sent` ON `sightings` (`sent_at`);--> statement-breakpoint
CREATE INDEX `inbox_parked` ON `inbox` (`received_at`) WHERE "inbox"."raw" is not null and "inbox"."due_at" is null;--> statement-breakpoint
CREATE INDEX `posts_settled` ON `posts` (`incident`,`id`) WHERE "posts"."due_at" is null and "posts"."incident" is not null;