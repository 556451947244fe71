import type { Broadcast } from '../../broadcast.ts'
import type { Directory } from '../../directory.ts'
import { type PhraseKey, phrase } from '../../phrase.ts'
import { csvOf, stamp } from '../../report/csv.ts'
import { toolName } from '../../sight.ts'
import { type Reader, say } from '../../text/say.ts'
import type { RecipientStanding } from '../standing.ts'
import { answerLabel } from './wanted.ts'

const columns = [
  ...(['who', 'region', 'language', 'tool', 'reached', 'sent', 'answer', 'answered', 'words'] as const),
  ...(['reminders', 'handed', 'incident', 'why'] as const),
]

/** The table of all who were to get a broadcast, in the reader's language and zone; people by call sign. */
export function answersCsv(
  broadcast: Broadcast,
  list: readonly RecipientStanding[],
  { rooms }: Pick<Directory, 'rooms'>,
  reader: Reader,
): string {
  const head = columns.map(column => say(phrase(`answer.column-${column}`), reader))
  const when = (at: number | null) => (at === null ? '' : stamp(at, reader))
  const rows = list.map(one => [
    (one.person ? reader.person(one.person) : rooms.find(room => room.id === one.room)?.name) ??
      say(phrase('hub.someone'), reader),
    one.region ?? '',
    one.language,
    one.platform ? say(toolName(one.platform), reader) : '',
    say(phrase(`ledger.how-${one.reached}` as PhraseKey), reader),
    when(one.sentAt),
    one.answer ? say(answerLabel(one.answer, broadcast.plan.answer, reader.language), reader) : '',
    when(one.answeredAt),
    one.said ?? '',
    one.nudges > 0 ? String(one.nudges) : '',
    when(one.handedAt),
    one.incident ?? '',
    one.why ?? '',
  ])
  return csvOf([head, ...rows])
}
