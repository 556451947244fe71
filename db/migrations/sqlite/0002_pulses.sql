CREATE TABLE `pulses` (
	`id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`version` text NOT NULL,
	`started_at` integer NOT NULL,
	`at` integer NOT NULL,
	`facts` text NOT NULL
);
