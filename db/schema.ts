import type { Columns } from './columns.ts'
import { accountTables } from './tables.accounts.ts'
import { broadcastTables } from './tables.broadcasts.ts'
import { bulletinTables } from './tables.bulletins.ts'
import { drillTables } from './tables.drills.ts'
import { erasedTables } from './tables.erased.ts'
import { exportTables } from './tables.exports.ts'
import { fileTables } from './tables.files.ts'
import { incidentTables } from './tables.incidents.ts'
import { messageTables } from './tables.messages.ts'
import { messengerTables } from './tables.messengers.ts'
import { outlookTables } from './tables.outlook.ts'
import { processTables } from './tables.processes.ts'
import { proposalTables } from './tables.proposals.ts'
import { protocolTables } from './tables.protocols.ts'
import { recurringTables } from './tables.recurring.ts'
import { rosterTables } from './tables.roster.ts'
import { setbackTables } from './tables.setbacks.ts'
import { shieldTables } from './tables.shields.ts'
import { similarTables } from './tables.similar.ts'
import { summaryTables } from './tables.summaries.ts'
import { talkTables } from './tables.talk.ts'
import { taskTables } from './tables.tasks.ts'
import { ticketTables } from './tables.tickets.ts'
import { triageTables } from './tables.triage.ts'
import { warningTables } from './tables.warnings.ts'
import { workTables } from './tables.work.ts'

/** Every table of one engine. What is sealed is a `bytes` column; the other columns are free of personal data. */
export type Schema = ReturnType<typeof defineSchema>

/** Builds the tables with one engine's columns, so that both engines have the same. */
export function defineSchema(columns: Columns) {
  return {
    ...rosterTables(columns),
    ...accountTables(columns),
    ...incidentTables(columns),
    ...fileTables(columns),
    ...erasedTables(columns),
    ...workTables(columns),
    ...triageTables(columns),
    ...similarTables(columns),
    ...processTables(columns),
    ...broadcastTables(columns),
    ...messageTables(columns),
    ...messengerTables(columns),
    ...recurringTables(columns),
    ...proposalTables(columns),
    ...protocolTables(columns),
    ...taskTables(columns),
    ...ticketTables(columns),
    ...talkTables(columns),
    ...setbackTables(columns),
    ...shieldTables(columns),
    ...drillTables(columns),
    ...exportTables(columns),
    ...bulletinTables(columns),
    ...outlookTables(columns),
    ...warningTables(columns),
    ...summaryTables(columns),
  }
}
