CREATE TABLE `protocols` (
	`id` text NOT NULL,
	`rev` text NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`id`, `rev`)
);
