CREATE TABLE `briefs` (
	`region` text NOT NULL,
	`week` text NOT NULL,
	`scores` text NOT NULL,
	`words` blob NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`region`, `week`)
);
--> statement-breakpoint
CREATE TABLE `feeds` (
	`person` text PRIMARY KEY NOT NULL,
	`lookup` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `feeds_lookup_unique` ON `feeds` (`lookup`);--> statement-breakpoint
CREATE TABLE `gists` (
	`term` integer NOT NULL,
	`incident` text NOT NULL,
	PRIMARY KEY(`term`, `incident`)
);
--> statement-breakpoint
CREATE INDEX `gists_incident` ON `gists` (`incident`);--> statement-breakpoint
CREATE TABLE `happenings` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` blob,
	`region` text,
	`begins` integer NOT NULL,
	`ends` integer NOT NULL,
	`all_day` integer NOT NULL,
	`incident` text,
	`by_person` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `happenings_incident_unique` ON `happenings` (`incident`);--> statement-breakpoint
CREATE INDEX `happenings_ends` ON `happenings` (`ends`,`begins`);--> statement-breakpoint
CREATE TABLE `heard` (
	`incident` text PRIMARY KEY NOT NULL,
	`rumour` text NOT NULL,
	`at` integer NOT NULL,
	`by_hand` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `heard_rumour` ON `heard` (`rumour`,`at`);--> statement-breakpoint
CREATE TABLE `rumours` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`about` blob,
	`answered_with` text,
	`joined` text,
	`at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text
);
--> statement-breakpoint
CREATE INDEX `rumours_last` ON `rumours` (`last_at`);