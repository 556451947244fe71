import { sqliteColumns } from './columns.ts'
import { defineSchema } from './schema.ts'

/** The tables as drizzle-kit and the SQLite engine see them. */
export const {
  settings,
  regions,
  rooms,
  people,
  accounts,
  duty,
  keys,
  drafts,
  incidents,
  timeline,
  words,
  numbers,
  files,
  cards,
  cardMessages,
  posts,
  timers,
  inbox,
  leases,
  practiceMessages,
} = defineSchema(sqliteColumns)
