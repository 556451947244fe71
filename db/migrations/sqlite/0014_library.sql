CREATE TABLE `handouts` (
	`id` text PRIMARY KEY NOT NULL,
	`messenger` text NOT NULL,
	`message` text,
	`version` integer,
	`broadcast` text,
	`region` text,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`words` blob NOT NULL,
	`received` text,
	`reach` integer,
	`note` blob,
	`told_at` integer
);
--> statement-breakpoint
CREATE INDEX `handouts_at` ON `handouts` (`at`);--> statement-breakpoint
CREATE INDEX `handouts_messenger` ON `handouts` (`messenger`,`at`);--> statement-breakpoint
CREATE INDEX `handouts_message` ON `handouts` (`message`,`at`);--> statement-breakpoint
CREATE TABLE `message_uses` (
	`message` text NOT NULL,
	`broadcast` text NOT NULL,
	`version` integer NOT NULL,
	`region` text,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`message`, `broadcast`)
);
--> statement-breakpoint
CREATE INDEX `message_uses_at` ON `message_uses` (`at`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`rev` text NOT NULL,
	`state` text NOT NULL,
	`by_person` text,
	`at` integer NOT NULL,
	`approvals` text NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	`reason` blob,
	`content` blob NOT NULL,
	PRIMARY KEY(`id`, `version`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_rev` ON `messages` (`id`,`rev`);--> statement-breakpoint
CREATE TABLE `messengers` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`alias` text NOT NULL,
	`kinds` text NOT NULL,
	`regions` text NOT NULL,
	`languages` text NOT NULL,
	`through` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	`consent_at` integer NOT NULL,
	`consent_until` integer,
	`content` blob NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messengers_alias_unique` ON `messengers` (`alias`);--> statement-breakpoint
CREATE INDEX `messengers_person` ON `messengers` (`person`);