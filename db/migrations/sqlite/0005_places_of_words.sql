ALTER TABLE `utterances` ADD `tool` text;--> statement-breakpoint
ALTER TABLE `utterances` ADD `place` blob;