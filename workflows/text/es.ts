import type { en } from './en.ts'
import { account } from './es/account.ts'
import { after } from './es/after.ts'
import { agenda } from './es/agenda.ts'
import { answer } from './es/answer.ts'
import { approval } from './es/approval.ts'
import { audience } from './es/audience.ts'
import { backup } from './es/backup.ts'
import { blackout } from './es/blackout.ts'
import { board } from './es/board.ts'
import { brief } from './es/brief.ts'
import { broadcast } from './es/broadcast.ts'
import { bulletin } from './es/bulletin.ts'
import { card } from './es/card.ts'
import { command } from './es/command.ts'
import { conversation } from './es/conversation.ts'
import { correction } from './es/correction.ts'
import { delivery } from './es/delivery.ts'
import { discord } from './es/discord.ts'
import { drill } from './es/drill.ts'
import { exporting } from './es/export.ts'
import { file } from './es/file.ts'
import { form } from './es/form.ts'
import { gateway } from './es/gateway.ts'
import { headcount } from './es/headcount.ts'
import { health } from './es/health.ts'
import { host } from './es/host.ts'
import { hub } from './es/hub.ts'
import { late } from './es/late.ts'
import { library } from './es/library.ts'
import { look } from './es/look.ts'
import { messenger } from './es/messenger.ts'
import { page } from './es/page.ts'
import { parked } from './es/parked.ts'
import { picture } from './es/picture.ts'
import { post } from './es/post.ts'
import { preview } from './es/preview.ts'
import { privacy } from './es/privacy.ts'
import { progress } from './es/progress.ts'
import { protocol } from './es/protocol.ts'
import { receipt } from './es/receipt.ts'
import { recurring } from './es/recurring.ts'
import { remind } from './es/remind.ts'
import { reply } from './es/reply.ts'
import { rule } from './es/rule.ts'
import { rumour } from './es/rumour.ts'
import { run } from './es/run.ts'
import { same } from './es/same.ts'
import { saving } from './es/saving.ts'
import { search } from './es/search.ts'
import { setback } from './es/setback.ts'
import { sheet } from './es/sheet.ts'
import { shield } from './es/shield.ts'
import { sight } from './es/sight.ts'
import { signal } from './es/signal.ts'
import { sitrep } from './es/sitrep.ts'
import { slack } from './es/slack.ts'
import { speech } from './es/speech.ts'
import { talk } from './es/talk.ts'
import { trace } from './es/trace.ts'
import { triage } from './es/triage.ts'
import { trigger } from './es/trigger.ts'
import { warning } from './es/warning.ts'
import { wish } from './es/wish.ts'
import { workspace } from './es/workspace.ts'
import type { Translated } from './template.ts'

/** Every sentence that people read, in Spanish, by the same keys as the English. */
export const es: Translated<typeof en> = {
  ...account,
  ...after,
  ...agenda,
  ...answer,
  ...approval,
  ...correction,
  ...audience,
  ...backup,
  ...board,
  ...brief,
  ...broadcast,
  ...bulletin,
  ...card,
  ...picture,
  ...post,
  ...receipt,
  ...recurring,
  ...rule,
  ...rumour,
  ...run,
  ...preview,
  ...privacy,
  ...progress,
  ...protocol,
  ...command,
  ...remind,
  ...reply,
  ...blackout,
  ...delivery,
  ...form,
  ...conversation,
  ...discord,
  ...drill,
  ...exporting,
  ...file,
  ...search,
  ...saving,
  ...parked,
  ...setback,
  ...sheet,
  ...shield,
  ...sight,
  ...same,
  ...sitrep,
  ...slack,
  ...headcount,
  ...health,
  ...host,
  ...hub,
  ...gateway,
  ...signal,
  ...late,
  ...library,
  ...look,
  ...messenger,
  ...page,
  ...speech,
  ...talk,
  ...trace,
  ...triage,
  ...trigger,
  ...warning,
  ...wish,
  ...workspace,
}
