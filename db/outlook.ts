import type { OutlookChange } from '../workflows/outlook.ts'
import type { Agendas } from './agenda.ts'
import type { Briefs } from './briefs.ts'
import type { Tx } from './database.ts'
import type { Rumours } from './rumours.ts'

/** What is written of rumors, weekly briefs and what is to come. */
export type Outlook = {
  readonly rumours: Pick<Rumours, 'write'>
  readonly briefs: Pick<Briefs, 'write'>
  readonly agenda: Pick<Agendas, 'write'>
}

/** Writes what somebody does about them. @throws RuleError where it stands otherwise by now */
export function writeOutlook(tx: Tx, change: OutlookChange, { rumours, briefs, agenda }: Outlook): Promise<void> {
  const { do: deed } = change
  switch (deed.type) {
    case 'describe':
    case 'judge':
    case 'join':
    case 'put':
      return rumours.write(tx, change, deed)
    case 'brief':
      return briefs.write(tx, change, deed)
    case 'plan':
    case 'unplan':
    case 'feed':
      return agenda.write(tx, change, deed)
  }
}
