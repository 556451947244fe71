CREATE TABLE `progress` (
	`broadcast` text PRIMARY KEY NOT NULL,
	`posts` text NOT NULL,
	`round` integer NOT NULL,
	`few` integer NOT NULL,
	`shown` text NOT NULL,
	`step` text NOT NULL,
	`drawn_at` integer NOT NULL,
	`closed_at` integer
);
