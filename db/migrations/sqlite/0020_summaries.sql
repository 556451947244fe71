CREATE TABLE `summaries` (
	`key` text PRIMARY KEY NOT NULL,
	`plan` text NOT NULL,
	`until` integer NOT NULL,
	`facts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `summaries_plan` ON `summaries` (`plan`,`until`);