CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`platform` text NOT NULL,
	`lookup` text NOT NULL,
	`address` blob NOT NULL,
	`groups` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_lookup_unique` ON `accounts` (`lookup`);--> statement-breakpoint
CREATE INDEX `accounts_person` ON `accounts` (`person`);--> statement-breakpoint
CREATE TABLE `blocks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`reason` blob,
	`lifted_by` text,
	`lifted_at` integer
);
--> statement-breakpoint
CREATE INDEX `blocks_person` ON `blocks` (`person`);--> statement-breakpoint
CREATE TABLE `card_messages` (
	`message` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL,
	`room` text NOT NULL,
	`old` integer
);
--> statement-breakpoint
CREATE INDEX `card_messages_old` ON `card_messages` (`incident`) WHERE "card_messages"."old" = true;--> statement-breakpoint
CREATE TABLE `cards` (
	`incident` text NOT NULL,
	`room` text NOT NULL,
	`lane` integer NOT NULL,
	`wanted` integer NOT NULL,
	`shown` integer NOT NULL,
	`state` text NOT NULL,
	`generation` integer NOT NULL,
	`message` text,
	`sent_at` integer,
	`edits` integer NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer,
	`since` integer,
	`error` text,
	PRIMARY KEY(`incident`, `room`)
);
--> statement-breakpoint
CREATE INDEX `cards_queue` ON `cards` (`lane`,`due_at`) WHERE "cards"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `cards_stuck` ON `cards` (`room`) WHERE "cards"."state" in ('failed', 'unsure', 'parked', 'kept');--> statement-breakpoint
CREATE TABLE `closed_rooms` (
	`room` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`since` integer NOT NULL,
	`tries` integer NOT NULL,
	`next_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `codes` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`lookup` text NOT NULL,
	`type` text NOT NULL,
	`person` text,
	`account` text,
	`roles` text,
	`regions` text,
	`uses` integer NOT NULL,
	`used` integer NOT NULL,
	`at` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `codes_lookup_unique` ON `codes` (`lookup`);--> statement-breakpoint
CREATE INDEX `codes_person` ON `codes` (`person`);--> statement-breakpoint
CREATE TABLE `deeds` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`by_person` text,
	`what` text NOT NULL,
	`facts` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `digests` (
	`room` text NOT NULL,
	`incident` text NOT NULL,
	`seq` integer NOT NULL,
	`person` text,
	`at` integer NOT NULL,
	`post` text,
	PRIMARY KEY(`room`, `incident`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `digests_entry` ON `digests` (`incident`,`seq`);--> statement-breakpoint
CREATE INDEX `digests_post` ON `digests` (`post`);--> statement-breakpoint
CREATE INDEX `digests_person` ON `digests` (`person`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`form` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`name` text NOT NULL,
	`about` text NOT NULL,
	`sealed` blob NOT NULL,
	`saved_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drafts_person` ON `drafts` (`person`,`name`);--> statement-breakpoint
CREATE TABLE `duty` (
	`person` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `erasures` (
	`person` text PRIMARY KEY NOT NULL,
	`cursor` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `fetches` (
	`id` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL,
	`seq` integer,
	`person` text,
	`platform` text NOT NULL,
	`source` blob NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `fetches_due` ON `fetches` (`platform`,`due_at`);--> statement-breakpoint
CREATE INDEX `fetches_incident` ON `fetches` (`incident`);--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`incident` text,
	`meant` text,
	`person` text,
	`kind` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`match` text,
	`record` blob,
	`path` text,
	`kept_at` integer NOT NULL,
	`shredded_at` integer
);
--> statement-breakpoint
CREATE INDEX `files_incident` ON `files` (`incident`,`kept_at`) WHERE "files"."incident" is not null;--> statement-breakpoint
CREATE INDEX `files_match` ON `files` (`match`) WHERE "files"."match" is not null;--> statement-breakpoint
CREATE INDEX `files_unclaimed` ON `files` (`kept_at`) WHERE "files"."incident" is null;--> statement-breakpoint
CREATE INDEX `files_shredded` ON `files` (`shredded_at`) WHERE "files"."shredded_at" is not null and "files"."path" is not null;--> statement-breakpoint
CREATE TABLE `fingerprints` (
	`incident` text PRIMARY KEY NOT NULL,
	`print` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `fingerprints_print` ON `fingerprints` (`print`);--> statement-breakpoint
CREATE TABLE `formers` (
	`person` text PRIMARY KEY NOT NULL,
	`present` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `formers_present` ON `formers` (`present`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`key` text PRIMARY KEY NOT NULL,
	`person` text,
	`received_at` integer NOT NULL,
	`handled_at` integer,
	`attempts` integer NOT NULL,
	`due_at` integer,
	`raw` blob,
	`scope` text,
	`answer` blob,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `inbox_due` ON `inbox` (`due_at`) WHERE "inbox"."due_at" is not null;--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`region` text NOT NULL,
	`status` text NOT NULL,
	`open` integer NOT NULL,
	`triaged` integer NOT NULL,
	`severity` integer NOT NULL,
	`urgency` integer NOT NULL,
	`kind` text,
	`credibility` text NOT NULL,
	`mark` text NOT NULL,
	`visibility` text NOT NULL,
	`allowed` text,
	`county` text,
	`sources` integer NOT NULL,
	`reporter` text,
	`claimer` text,
	`reported_at` integer NOT NULL,
	`claimed_at` integer,
	`resolved_at` integer,
	`updated_at` integer NOT NULL,
	`ended_at` integer,
	`cleared` integer NOT NULL,
	`unindexed` integer NOT NULL,
	`hash` text NOT NULL,
	`proof` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incidents_unindexed` ON `incidents` (`reported_at`) WHERE "incidents"."unindexed" = true;--> statement-breakpoint
CREATE INDEX `incidents_open` ON `incidents` (`urgency`,`reported_at`,`id`) WHERE "incidents"."open" = true;--> statement-breakpoint
CREATE INDEX `incidents_waiting` ON `incidents` (`urgency`,`reported_at`,`id`) WHERE "incidents"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX `incidents_region` ON `incidents` (`region`,`reported_at`,`id`);--> statement-breakpoint
CREATE INDEX `incidents_near` ON `incidents` (`region`,`county`,`reported_at`,`id`,`kind`,`severity`,`visibility`) WHERE "incidents"."open" = true;--> statement-breakpoint
CREATE INDEX `incidents_claimer` ON `incidents` (`claimer`,`reported_at`,`id`) WHERE "incidents"."claimer" is not null;--> statement-breakpoint
CREATE INDEX `incidents_reporter` ON `incidents` (`reporter`,`reported_at`,`id`);--> statement-breakpoint
CREATE INDEX `incidents_resolved` ON `incidents` (`resolved_at`,`severity`,`status`,`region`,`reported_at`,`visibility`) WHERE "incidents"."resolved_at" is not null;--> statement-breakpoint
CREATE INDEX `incidents_ended` ON `incidents` (`cleared`,`ended_at`) WHERE "incidents"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX `incidents_reported` ON `incidents` (`reported_at`,`id`,`region`,`severity`,`status`,`kind`,`credibility`,`visibility`,`county`,`claimed_at`,`resolved_at`);--> statement-breakpoint
CREATE TABLE `keys` (
	`scope` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`token` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `likes` (
	`other` text NOT NULL,
	`incident` text NOT NULL,
	PRIMARY KEY(`other`, `incident`)
);
--> statement-breakpoint
CREATE TABLE `memory` (
	`key` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`value` blob NOT NULL,
	`owner` text,
	`saved_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `memory_owner` ON `memory` (`owner`) WHERE "memory"."owner" is not null;--> statement-breakpoint
CREATE INDEX `memory_saved` ON `memory` (`saved_at`) WHERE "memory"."owner" is not null;--> statement-breakpoint
CREATE TABLE `notices` (
	`key` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`incident` text NOT NULL,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `notices_due` ON `notices` (`due_at`,`account`);--> statement-breakpoint
CREATE TABLE `numbers` (
	`region` text PRIMARY KEY NOT NULL,
	`next` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `origins` (
	`origin` text NOT NULL,
	`incident` text NOT NULL,
	`person` text NOT NULL,
	PRIMARY KEY(`origin`, `incident`, `person`)
);
--> statement-breakpoint
CREATE INDEX `origins_incident` ON `origins` (`incident`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`callsign` text NOT NULL,
	`name` blob,
	`roles` text NOT NULL,
	`regions` text NOT NULL,
	`languages` text NOT NULL,
	`vetted` integer NOT NULL,
	`quiet` text,
	`contact` blob
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_callsign_unique` ON `people` (`callsign`);--> statement-breakpoint
CREATE TABLE `posts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`room` text,
	`account` text,
	`first` text,
	`incident` text,
	`thread` integer NOT NULL,
	`conversation` text NOT NULL,
	`lane` integer NOT NULL,
	`view` blob NOT NULL,
	`author` text,
	`anytime` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer,
	`sent_at` integer,
	`message` blob,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posts_key_unique` ON `posts` (`key`);--> statement-breakpoint
CREATE INDEX `posts_queue` ON `posts` (`lane`,`id`) WHERE "posts"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `posts_conversation` ON `posts` (`conversation`,`id`) WHERE "posts"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `posts_stuck` ON `posts` (`id`) WHERE "posts"."state" in ('failed', 'unsure', 'parked', 'kept');--> statement-breakpoint
CREATE INDEX `posts_worded` ON `posts` (`incident`,`author`) WHERE "posts"."author" is not null;--> statement-breakpoint
CREATE INDEX `posts_author` ON `posts` (`author`,`id`) WHERE "posts"."author" is not null;--> statement-breakpoint
CREATE TABLE `practice_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text,
	`room` text NOT NULL,
	`thread` integer,
	`author` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`edited_at` integer,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `practice_messages_key_unique` ON `practice_messages` (`key`);--> statement-breakpoint
CREATE INDEX `practice_messages_room` ON `practice_messages` (`room`,`id`);--> statement-breakpoint
CREATE INDEX `practice_messages_changed` ON `practice_messages` (`changed_at`,`id`);--> statement-breakpoint
CREATE INDEX `practice_messages_thread` ON `practice_messages` (`thread`,`id`);--> statement-breakpoint
CREATE TABLE `processes` (
	`id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`keys` text NOT NULL,
	`source` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recalls` (
	`key` text PRIMARY KEY NOT NULL,
	`post` integer,
	`incident` text,
	`room` text,
	`account` text,
	`message` text,
	`reason` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `recalls_due` ON `recalls` (`due_at`) WHERE "recalls"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `recalls_post` ON `recalls` (`post`);--> statement-breakpoint
CREATE TABLE `regions` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text NOT NULL,
	`places` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reveals` (
	`incident` text NOT NULL,
	`seq` integer NOT NULL,
	`person` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`incident`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `reveals_person` ON `reveals` (`person`,`at`);--> statement-breakpoint
CREATE TABLE `rooms` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`region` text,
	`platform` text NOT NULL,
	`address` text NOT NULL,
	`name` text NOT NULL,
	`language` text,
	`red` integer NOT NULL,
	`talk` text
);
--> statement-breakpoint
CREATE TABLE `searched` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`incident` text NOT NULL,
	`reported_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `searched_incident_unique` ON `searched` (`incident`);--> statement-breakpoint
CREATE INDEX `searched_reported` ON `searched` (`reported_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tickets` (
	`lookup` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL,
	`item` text,
	`person` text NOT NULL,
	`platform` text NOT NULL,
	`until` integer NOT NULL,
	`browser` text
);
--> statement-breakpoint
CREATE INDEX `tickets_until` ON `tickets` (`until`);--> statement-breakpoint
CREATE TABLE `timeline` (
	`incident` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`by_person` text,
	`event` text NOT NULL,
	`digest` text,
	`hash` text NOT NULL,
	PRIMARY KEY(`incident`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `timers` (
	`incident` text NOT NULL,
	`clock` text NOT NULL,
	`arming` integer NOT NULL,
	`due_at` integer,
	PRIMARY KEY(`incident`, `clock`)
);
--> statement-breakpoint
CREATE INDEX `timers_due` ON `timers` (`due_at`) WHERE "timers"."due_at" is not null;--> statement-breakpoint
CREATE TABLE `triage_acts` (
	`act` text NOT NULL,
	`incident` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`act`, `incident`)
);
--> statement-breakpoint
CREATE INDEX `triage_acts_at` ON `triage_acts` (`at`);--> statement-breakpoint
CREATE TABLE `triage_leases` (
	`incident` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`batch` text NOT NULL,
	`place` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `triage_leases_person` ON `triage_leases` (`person`,`until`);--> statement-breakpoint
CREATE TABLE `tries` (
	`account` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `utterances` (
	`message` text PRIMARY KEY NOT NULL,
	`incident` text,
	`seq` integer,
	`wording` integer,
	`person` text,
	`at` integer NOT NULL,
	`gone` integer NOT NULL,
	`early` blob,
	`timed` integer NOT NULL,
	`due_at` integer
);
--> statement-breakpoint
CREATE INDEX `utterances_entry` ON `utterances` (`incident`,`seq`);--> statement-breakpoint
CREATE INDEX `utterances_person` ON `utterances` (`person`);--> statement-breakpoint
CREATE INDEX `utterances_due` ON `utterances` (`due_at`);--> statement-breakpoint
CREATE TABLE `words` (
	`incident` text NOT NULL,
	`seq` integer NOT NULL,
	`person` text,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`incident`, `seq`)
);
