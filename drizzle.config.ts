import { defineConfig } from 'drizzle-kit'

/** The SQLite half of `npm run db:generate`; the other half is flags in package.json, as a config names one dialect. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './db/schema.sqlite.ts',
  out: './db/migrations/sqlite',
  casing: 'snake_case',
})
