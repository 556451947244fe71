import { defineConfig } from 'drizzle-kit'

/** The SQLite half of `npm run db:generate`. A config names one dialect, so the PostgreSQL half is flags in package.json. */
export default defineConfig({ dialect: 'sqlite', schema: './db/schema.sqlite.ts', out: './db/migrations/sqlite' })
