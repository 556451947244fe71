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
  reveals,
  erasures,
  keys,
  drafts,
  incidents,
  timeline,
  words,
  numbers,
  files,
  fetches,
  cards,
  cardMessages,
  posts,
  recalls,
  timers,
  inbox,
  leases,
  practiceMessages,
  processes,
  tickets,
} = defineSchema(sqliteColumns)
