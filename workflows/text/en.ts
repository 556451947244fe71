import { account } from './en/account.ts'
import { after } from './en/after.ts'
import { agenda } from './en/agenda.ts'
import { answer } from './en/answer.ts'
import { approval } from './en/approval.ts'
import { audience } from './en/audience.ts'
import { backup } from './en/backup.ts'
import { blackout } from './en/blackout.ts'
import { board } from './en/board.ts'
import { brief } from './en/brief.ts'
import { broadcast } from './en/broadcast.ts'
import { bulletin } from './en/bulletin.ts'
import { card } from './en/card.ts'
import { command } from './en/command.ts'
import { conversation } from './en/conversation.ts'
import { correction } from './en/correction.ts'
import { delivery } from './en/delivery.ts'
import { discord } from './en/discord.ts'
import { drill } from './en/drill.ts'
import { exporting } from './en/export.ts'
import { file } from './en/file.ts'
import { form } from './en/form.ts'
import { gateway } from './en/gateway.ts'
import { headcount } from './en/headcount.ts'
import { health } from './en/health.ts'
import { host } from './en/host.ts'
import { hub } from './en/hub.ts'
import { late } from './en/late.ts'
import { library } from './en/library.ts'
import { look } from './en/look.ts'
import { messenger } from './en/messenger.ts'
import { page } from './en/page.ts'
import { parked } from './en/parked.ts'
import { picture } from './en/picture.ts'
import { post } from './en/post.ts'
import { preview } from './en/preview.ts'
import { privacy } from './en/privacy.ts'
import { progress } from './en/progress.ts'
import { protocol } from './en/protocol.ts'
import { receipt } from './en/receipt.ts'
import { recurring } from './en/recurring.ts'
import { remind } from './en/remind.ts'
import { reply } from './en/reply.ts'
import { rule } from './en/rule.ts'
import { rumour } from './en/rumour.ts'
import { run } from './en/run.ts'
import { same } from './en/same.ts'
import { saving } from './en/saving.ts'
import { search } from './en/search.ts'
import { setback } from './en/setback.ts'
import { sheet } from './en/sheet.ts'
import { shield } from './en/shield.ts'
import { sight } from './en/sight.ts'
import { signal } from './en/signal.ts'
import { sitrep } from './en/sitrep.ts'
import { slack } from './en/slack.ts'
import { speech } from './en/speech.ts'
import { talk } from './en/talk.ts'
import { trace } from './en/trace.ts'
import { triage } from './en/triage.ts'
import { trigger } from './en/trigger.ts'
import { warning } from './en/warning.ts'
import { wish } from './en/wish.ts'
import { workspace } from './en/workspace.ts'

/** Every sentence that people read, in English, by key: `area.name`. */
export const en = {
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
} as const
